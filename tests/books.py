"""Small books for tests that need a whole one."""

from __future__ import annotations

from pathlib import Path

SMALL = """# 春日读书札记

## 一、窗前

窗外下着小雨[^1]，案上摊着一本旧书。“读书须用意，**一字值千金**。”祖父常这样说——他把书看得很重……

| 书名 | 页数 |
|------|-----:|
| 山中来信 | 128 |
| 河边旧事 | 96 |

## 二、灯下

1. 先看目录；
2. 再看正文。

> 灯下读书，最宜心静。

### 附记

写于 2024 年 3 月。[^2]

[^1]: 江南的春雨，往往一下就是三天。
[^2]: 此时作者客居苏州。
"""


def small_book(folder: Path, text: str = SMALL, name: str = "札记.md") -> Path:
    """A book of one file in *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    return path
