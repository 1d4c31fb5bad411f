/* The libzmq end of a wire benchmark, of the same shape as Wire/Peers/ in C#.

   wire_peer NAME ENDPOINT SIZE [COUNT] [WARMUP DURATION]

   SIZE is the octets of a message, or the number of grains that are called, COUNT the number of subscribers, WARMUP and DURATION are seconds. An end that binds
   prints "endpoint E"; one that measures prints "result MESSAGES SECONDS 0 EXTRA". All stop when a line or the end of
   the standard input comes. */

#include "peer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct end {
    const char *name;
    void (*run)(const struct work *);
    int counts;
    int measures;
} ends[] = {
    { "pull", run_pull, 0, 1 },
    { "push", run_push, 0, 0 },
    { "curve-pull", run_curve_pull, 0, 1 },
    { "curve-push", run_curve_push, 0, 0 },
    { "inproc", run_inproc, 0, 1 },
    { "rep", run_rep, 0, 0 },
    { "req", run_req, 0, 1 },
    { "router", run_router, 0, 0 },
    { "dealer", run_dealer, 0, 1 },
    { "pub", run_pub, 1, 0 },
    { "sub", run_sub, 1, 1 },
    { "fan-out", run_fan_out, 1, 1 },
    { "grain-req", run_grain_req, 0, 1 },
    { "grain-dealer", run_grain_dealer, 0, 1 },
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 3 && i < sizeof ends / sizeof *ends; i++) {
        const struct end *end = &ends[i];
        if (strcmp(argv[1], end->name) != 0 || argc != 4 + end->counts + 2 * end->measures)
            continue;
        struct work work = { argv[2], strtoul(argv[3], NULL, 10), end->counts ? atoi(argv[4]) : 1, 0, 0 };
        if (end->measures) {
            work.warmup = atof(argv[argc - 2]);
            work.duration = atof(argv[argc - 1]);
        }
        stop_with_input();
        end->run(&work);
    }
    fprintf(stderr, "usage: wire_peer NAME ENDPOINT SIZE [COUNT] [WARMUP DURATION], as wire_peer.c tells\n");
    return 2;
}
