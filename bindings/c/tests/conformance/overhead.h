/* What a reading and a comparison cost through chipid.h. */
#ifndef OVERHEAD_H
#define OVERHEAD_H

#include "carry_out.h"

void overhead(const block *said, way way, FILE *results);

#endif
