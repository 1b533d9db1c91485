"""The Rasa project: training data, pipeline, and the components that the pipeline is made of."""
