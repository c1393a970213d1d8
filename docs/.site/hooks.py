"""Adds to the site what stands outside of docs: the README as its first page, the other documents, and each file or folder that a page
links to. Links between them stay as they are in the repository, and are translated here."""

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from mkdocs.structure.files import File

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changes.md",
    "conformance/README.md": "conformance.md",
}
LINK = re.compile(r"(?<=\]\()([^)\s#]+)(#[^)\s]*)?(?=\))")
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)


def _in_repository(src_uri):
    """The path in the repository of a page of the site."""
    for path, page in DOCUMENTS.items():
        if page == src_uri:
            return path
    return "docs/" + src_uri


def _in_site(path):
    """The page of the site that shows this file or folder of the repository."""
    if path in DOCUMENTS:
        return DOCUMENTS[path]
    if path.startswith("docs/") and path.endswith(".md"):
        return path[len("docs/") :]
    if (ROOT / path).is_dir():
        return "files/" + path.removeprefix("docs/") + "/index.md"
    return "files/" + path


def _links(path):
    """The targets in the repository that a page links to."""
    text = FENCE.sub("", (ROOT / path).read_text(encoding="utf-8"))
    for link in LINK.finditer(text):
        if ":" not in link.group(1):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(link.group(1))))


def _files_below(folder):
    return sorted(
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and not {"target", ".venv"} & set(file.relative_to(ROOT).parts)
    )


def on_config(config):
    """Lists the decisions in the navigation, in the order of their numbers."""
    decisions = sorted(file.name for file in (ROOT / "docs/decisions").glob("*.md"))
    config.nav[-1] = {"Decisions": ["decisions/" + name for name in decisions]}
    return config


def on_files(files, config):
    for path, page in DOCUMENTS.items():
        files.append(File.generated(config, page, content=(ROOT / path).read_text(encoding="utf-8")))
    added = set()
    for page in [file.src_uri for file in files if file.src_uri.endswith(".md")]:
        for target in _links(_in_repository(page)):
            shown = _in_site(target)
            if not shown.startswith("files/") or not (ROOT / target).exists():
                continue  # a page, or a broken link, which MkDocs reports
            below = _files_below(target) if (ROOT / target).is_dir() else [target]
            if (ROOT / target).is_dir() and shown not in added:
                added.add(shown)
                files.append(File.generated(config, shown, content=_listing(target, below)))
            for file in below:
                copy = _in_site(file)
                if copy.startswith("files/") and copy not in added:
                    added.add(copy)
                    files.append(File.generated(config, copy, abs_src_path=str(ROOT / file)))
    for file in files:
        if file.src_uri.startswith("files/") and file.src_uri.endswith(".md"):
            file.inclusion = file.inclusion.NOT_IN_NAV
    return files


def _listing(folder, below):
    """A page that lists the files of a folder."""
    lines = [f"# {folder}", ""]
    start = posixpath.dirname(_in_site(folder))
    lines += [f"- [{posixpath.relpath(file, folder)}]({posixpath.relpath(_in_site(file), start)})" for file in below]
    return "\n".join(lines) + "\n"


def on_page_markdown(markdown, page, config, files):
    if page.file.src_uri.startswith("files/"):
        return markdown
    here = _in_repository(page.file.src_uri)

    def translate(link):
        target, anchor = link.group(1), link.group(2) or ""
        if ":" in target:
            return link.group(0)
        path = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(target)))
        return posixpath.relpath(_in_site(path), posixpath.dirname(page.file.src_uri) or ".") + anchor

    # what stands in fences is no link
    parts, end = [], 0
    for fence in FENCE.finditer(markdown):
        parts += [LINK.sub(translate, markdown[end : fence.start()]), fence.group(0)]
        end = fence.end()
    return "".join(parts) + LINK.sub(translate, markdown[end:])
