"""Tests of scripts/guide_blocks.py."""

import unittest

import guide_blocks

GUIDE = """# A guide

```js name=first.mjs
one();
```

words

```console
$ node first.mjs
```

```js name=first.mjs
two();
```
"""


class Blocks(unittest.TestCase):
    def test_blocks_of_one_name_are_joined(self):
        self.assertEqual(guide_blocks.blocks(GUIDE), {"first.mjs": "one();\n\ntwo();\n"})

    def test_code_that_nobody_runs_is_an_error(self):
        for guide in ("```js\none();\n```\n", "```python title=x\npass\n```\n"):
            with self.assertRaisesRegex(ValueError, "run by nobody"):
                guide_blocks.blocks(guide)

    def test_a_block_without_an_end_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "does not end"):
            guide_blocks.blocks("```js name=a.mjs\none();\n")

    def test_no_name_leads_out_of_the_folder(self):
        for name in ("../a.mjs", "/tmp/a.mjs", "a/../../b.mjs"):
            with self.assertRaisesRegex(ValueError, "leads out"):
                guide_blocks.blocks(f"```js name={name}\none();\n```\n")


if __name__ == "__main__":
    unittest.main()
