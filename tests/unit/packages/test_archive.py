"""ZIP archives: read when they are packages, refused when they are weapons."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest
from package_support import FILES

from jupyter_oj_extension import packages
from jupyter_oj_extension.domain.errors import PackageError


def archive(path: Path, entries: dict[str, str], *, modes: dict[str, int] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in entries.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (modes or {}).get(name, stat.S_IFREG | 0o644) << 16
            opened.writestr(info, text)
    return path


@pytest.mark.parametrize("prefix", ["", "doubling/"])
def test_a_package_in_an_archive(tmp_path: Path, prefix: str) -> None:
    packed = archive(tmp_path / "p.zip", {prefix + name: text for name, text in FILES.items()})
    (tmp_path / "out").mkdir()
    folder = packages.extract(packed, tmp_path / "out")
    assert packages.read(folder, slug="doubling").title == "Doubling"


@pytest.mark.parametrize(
    ("entries", "modes", "message"),
    [
        ({"../evil": "x"}, {}, "outside itself"),
        ({"/etc/evil": "x"}, {}, "outside itself"),
        ({"a\\..\\evil": "x"}, {}, "outside itself"),
        ({"link": "/etc/passwd"}, {"link": stat.S_IFLNK | 0o777}, "leads out of the archive"),
        ({"p/link": "../../x"}, {"p/link": stat.S_IFLNK | 0o777}, "leads out of the archive"),
        ({"p/a": ".", "p/a/b": "c"}, {"p/a": stat.S_IFLNK | 0o777, "p/a/b": stat.S_IFLNK | 0o777}, "behind a link"),
        ({"p/a": "..", "p/a/b": "c"}, {"p/a": stat.S_IFLNK | 0o777}, "cannot be unpacked"),
        ({"pipe": ""}, {"pipe": stat.S_IFIFO | 0o600}, "is neither a file nor a link"),
        ({"bomb": "0" * (4 << 20)}, {}, "too much"),
        ({"readme.txt": "x"}, {}, "must hold one folder with a problem.yaml"),
    ],
)
def test_a_hostile_archive_is_refused(
    tmp_path: Path, entries: dict[str, str], modes: dict[str, int], message: str
) -> None:
    packed = archive(tmp_path / "p.zip", entries, modes=modes)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(PackageError, match=message):
        packages.extract(packed, out)
    assert not (tmp_path / "evil").exists()


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(b"PK\x03\x04 but no more")
    with pytest.raises(PackageError, match="cannot be unpacked"):
        packages.extract(tmp_path / "p.zip", tmp_path)
