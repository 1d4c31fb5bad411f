/* What the ends share: errors, the clock, the standard input, sockets and the measuring loop. */

#ifndef PEER_H
#define PEER_H

#include <stddef.h>
#include <zmq.h>

/* The clock is looked at once in so many messages. */
enum { INTERVAL = 64 };

/* How an end is to work: where, with what messages, how many peers, and how many seconds of warm-up and measuring. */
struct work {
    const char *endpoint;
    size_t size;
    int count;
    double warmup;
    double duration;
};

void fail(const char *what);
void stop_with_input(void);
double now(void);

/* A socket of a context of its own. */
void *open_socket(int type);
void bind_and_tell(void *socket, const char *endpoint);
void connect_to(void *socket, const char *endpoint);
void set_int(void *socket, int option, int value);
void receive(void *socket, char *buffer, size_t size);
void send_one(void *socket, const char *buffer, size_t size);

/* Calls step, which handles a number of messages that it returns, for the time of warm-up and then of measuring. */
typedef long (*step_function)(void *state);
void measure(const struct work *work, step_function step, void *state, long *messages, double *seconds);

/* Prints the result; extra is the row's further figure, 0 where it has none. */
void result(long messages, double seconds, double extra);

void run_pull(const struct work *);
void run_push(const struct work *);
void run_curve_pull(const struct work *);
void run_curve_push(const struct work *);
void run_inproc(const struct work *);
void run_rep(const struct work *);
void run_req(const struct work *);
void run_router(const struct work *);
void run_dealer(const struct work *);
void run_pub(const struct work *);
void run_sub(const struct work *);
void run_fan_out(const struct work *);
void run_grain_req(const struct work *);
void run_grain_dealer(const struct work *);

#endif
