"""Files as the platform keeps them: an id to send again, a path to download, a description by kind.

A photo exists in two sizes, the smallest first, each with its own id; who takes the first gets the
thumbnail. Bots download up to 20 MB and upload up to 50 MB, photos up to 10 MB.
"""

import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from .errors import bad_request

DOWNLOAD_BYTES = 20 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
IMAGE_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"II*\x00", b"MM\x00*")
TITLES = {
    "photo": "Photo", "document": "Document", "voice": "VoiceNote", "video": "Video", "sticker": "Sticker",
    "audio": "Audio", "animation": "Animation", "video_note": "VideoNote",
}  # fmt: skip
SHAPE: dict[str, dict[str, Any]] = {
    "photo": {},
    "document": {},
    "voice": {"duration": 3},
    "audio": {"duration": 3},
    "video": {"width": 640, "height": 480, "duration": 3},
    "animation": {"width": 320, "height": 240, "duration": 3},
    "video_note": {"length": 240, "duration": 3},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
}
SUFFIX = {"photo": ".jpg", "voice": ".oga", "video": ".mp4", "sticker": ".webp", "audio": ".mp3"}


def png(width: int = 4, height: int = 4, shade: int = 128) -> bytes:
    """A real, tiny grey picture."""

    def block(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\x00" + bytes([shade]) * width) * height)
    return IMAGE_SIGNATURES[0] + block(b"IHDR", head) + block(b"IDAT", rows) + block(b"IEND", b"")


def is_image(data: bytes) -> bool:
    return data.startswith(IMAGE_SIGNATURES)


@dataclass(eq=False)
class StoredFile:
    """One file on the platform. `id` sends it again, `path` downloads it."""

    id: str
    unique_id: str
    kind: str
    data: bytes
    name: str
    mime: str
    path: str
    thumbnail: "StoredFile | None" = None
    shown_bytes: int | None = None

    @property
    def size(self) -> int:
        """Bytes; a test may claim a size without holding that much."""
        return len(self.data) if self.shown_bytes is None else self.shown_bytes

    def json(self) -> dict[str, Any]:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}

    def described(self) -> Any:
        """The value of the message's field of this kind."""
        if self.kind == "photo":
            sizes = [self.thumbnail, self] if self.thumbnail else [self]
            return [file.json() | _dimensions(file.data) for file in sizes]
        about = self.json() | SHAPE[self.kind]
        if self.kind != "sticker":
            about["mime_type"] = self.mime
        if self.name and self.kind in {"document", "video", "audio", "animation"}:
            about["file_name"] = self.name
        return about


def _dimensions(data: bytes) -> dict[str, int]:
    if data.startswith(IMAGE_SIGNATURES[0]) and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return {"width": width, "height": height}
    return {"width": 640, "height": 480}


class FileStore:
    """Every file ever sent, by id and by path."""

    def __init__(self) -> None:
        self.by_id: dict[str, StoredFile] = {}
        self.by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, data: bytes, name: str = "", mime: str = "application/octet-stream") -> StoredFile:
        file = self._store(kind, data, name, mime)
        if kind == "photo":
            file.thumbnail = self._store(kind, png(2, 2, 0), "", "image/png")
        return file

    def _store(self, kind: str, data: bytes, name: str, mime: str) -> StoredFile:
        number = len(self.by_id)
        suffix = SUFFIX.get(kind) or PurePosixPath(name).suffix or ".bin"
        path = f"{kind}s/file_{number}{suffix}"
        file = StoredFile(f"FILE{number:08d}{kind}", f"U{number:08d}", kind, data, name, mime, path)
        self.by_id[file.id] = self.by_path[path] = file
        return file

    def uploaded(self, kind: str, data: bytes, name: str, mime: str) -> StoredFile:
        """A file that a bot sends: held to the platform's rules."""
        if not data:
            raise bad_request("file must be non-empty")
        if kind == "photo" and len(data) > PHOTO_BYTES:
            raise bad_request("too big file for a photo")
        if kind == "photo" and not is_image(data):
            raise bad_request("IMAGE_PROCESS_FAILED")
        return self.add(kind, data, name, mime)

    def again(self, kind: str, file_id: str) -> StoredFile:
        """A file sent once more by its id, which must be of the same kind."""
        file = self.by_id.get(file_id)
        if file is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if file.kind != kind:
            raise bad_request(f"can't use file of type {TITLES[file.kind]} as {TITLES[kind]}")
        return file
