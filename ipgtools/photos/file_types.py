"""Detect the type of a file or attachment: by first bytes, name, declared type."""

from pathlib import PurePosixPath

__all__ = ["MAILS", "PICTURES", "is_heif", "is_picture", "kind_of", "refusal_reason", "suffix_of"]

PICTURES = {".jpg", ".jpeg", ".jfif", ".png", ".heic", ".heif"}
MAILS = {".eml", ".mbox", ".msg"}
_HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_DECLARED = {
    "image/jpeg", "image/jpg", "image/pjpeg", "image/png", "image/heic", "image/heif",
}  # fmt: skip
_ZIPS = {"application/zip", "application/x-zip-compressed", "application/x-zip"}
_VIDEOS = {".mp4", ".mov", ".avi", ".3gp", ".m4v", ".mkv", ".wmv", ".webm"}
_DOCUMENTS = {
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx", ".odp", ".xls", ".xlsx",
}  # fmt: skip
_SEALED = {".p7m", ".pgp", ".gpg", ".asc"}
_TNEF = b"\x78\x9f\x3e\x22"


def kind_of(name: str, declared: str, start: bytes) -> str:
    r"""
    Return how a file is handled.

    Examples
    --------
    >>> kind_of("foto", "application/octet-stream", b"\xff\xd8\xff\xe0")
    'picture'
    >>> kind_of("brief.pdf", "application/pdf", b"%PDF-1.7")
    ''
    """
    suffix = suffix_of(name)
    if is_picture(start) or suffix in PICTURES or declared in _DECLARED:
        return "picture"
    if start.startswith(_TNEF) or declared.endswith("ms-tnef"):
        return "winmail"
    if start.startswith(b"PK") and (suffix == ".zip" or (declared in _ZIPS and not suffix)):
        return "zip"
    if suffix == ".eml" or declared == "message/rfc822":
        return "mail"
    return "outlook" if suffix == ".msg" or declared == "application/vnd.ms-outlook" else ""


def refusal_reason(name: str, declared: str, otherwise: str) -> str:
    """
    Return why a file is not opened.

    Examples
    --------
    >>> refusal_reason("IMG_1.MOV", "", "photo_attachment")
    'photo_video'
    """
    suffix = suffix_of(name)
    if suffix in _VIDEOS or declared.startswith("video/"):
        return "photo_video"
    if suffix in _DOCUMENTS or declared == "application/pdf":
        return "photo_document"
    if suffix in _SEALED or declared.endswith(("pkcs7-mime", "pgp-encrypted")):
        return "photo_sealed"
    if suffix == ".zip" or declared in _ZIPS:
        return "photo_zip"
    if suffix == ".dat" and name.casefold() == "winmail.dat":
        return "photo_winmail"
    return "photo_kind" if declared.startswith("image/") else otherwise


def suffix_of(name: str) -> str:
    """
    Return the suffix of a name, if it can be one of a file.

    Examples
    --------
    >>> suffix_of("../IMG_1.JPG"), suffix_of("a.jan jansen")
    ('.jpg', '')
    """
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.casefold()
    return suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= 6 else ""


def is_picture(start: bytes) -> bool:
    r"""
    Return whether a file is JPEG, PNG or HEIC, by its first bytes.

    Examples
    --------
    >>> is_picture(b"\x89PNG\r\n\x1a\n"), is_picture(b"%PDF")
    (True, False)
    """
    return start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n")) or is_heif(start)


def is_heif(start: bytes) -> bool:
    r"""
    Return whether a file is HEIC, by its first bytes.

    Examples
    --------
    >>> is_heif(b"\x00\x00\x00\x18ftypheic"), is_heif(b"\xff\xd8\xff\xe0")
    (True, False)
    """
    return start[4:8] == b"ftyp" and start[8:12] in _HEIF_BRANDS
