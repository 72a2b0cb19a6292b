/* What a case came to, as the conformance run compares it. */
#ifndef RESULT_H
#define RESULT_H

#include "chipid.h"
#include <stdio.h>

void put_error(FILE *results, int32_t code, const chipid_error *error);

/* What the report of a verdict says. */
void put_verdict(FILE *results, const chipid_verdict *verdict, const chipid_report *report);

#endif
