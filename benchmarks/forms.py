"""How long forms take: ``python -m benchmarks.forms``.

A thousand applicants' forms by ``form make KIND --all`` in a process of its own, start included: the
payment slip (with a QR code each) and the application form, as one file each and merged into one.
The floor is Typst alone in the same run: as many documents of an empty page in the same standards,
on one processor.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.speed import measure
from scripts.pictures import FEES, Office, configuration

MAX_SECONDS = 10.0
KINDS = ("payment-slip", "application", "handover")

FLOOR = """
import sys, typst
compiler = typst.Compiler(root=sys.argv[1], ignore_system_fonts=True)
for number in range(int(sys.argv[2])):
    compiler.compile(input=sys.argv[1] + "/page.typ", format="pdf",
                     pdf_standards=["a-2b", "ua-1"], sys_inputs={"number": str(number)})
"""
PAGE = """
#set document(title: "Form", author: "Kurum")
#set text(lang: "tr")
#sys.inputs.number
"""
