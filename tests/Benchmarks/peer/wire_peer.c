/* The libzmq end of a wire benchmark, of the same shape as Wire/Peers/ in C#.

   wire_peer pull ENDPOINT SIZE WARMUP DURATION   binds, prints "endpoint E", measures, prints "result MESSAGES SECONDS 0"
   wire_peer push ENDPOINT SIZE              connects and sends until a line or the end of the standard input comes
   wire_peer rep  ENDPOINT SIZE              binds, prints "endpoint E", echoes
   wire_peer req  ENDPOINT SIZE WARMUP DURATION   connects, measures round trips, prints the result

   WARMUP and DURATION are seconds. The ends are stopped through the standard input. */

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zmq.h>

/* The clock is looked at once in so many messages. */
enum { CLOCK_INTERVAL = 64 };

static void fail(const char *what)
{
    fprintf(stderr, "wire_peer: %s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void *stop_with_input(void *unused)
{
    (void)unused;
    char c;
    while (read(0, &c, 1) > 0 && c != '\n')
        ;
    _exit(0);
}

static void *open_socket(int type)
{
    void *context = zmq_ctx_new();
    void *socket = context ? zmq_socket(context, type) : NULL;
    if (!socket)
        fail("socket");
    return socket;
}

static void bind_and_tell(void *socket, const char *wanted)
{
    char endpoint[256];
    size_t length = sizeof endpoint;
    if (zmq_bind(socket, wanted) != 0 || zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, endpoint, &length) != 0)
        fail("bind");
    printf("endpoint %s\n", endpoint);
    fflush(stdout);
}

static void connect_to(void *socket, const char *endpoint)
{
    if (zmq_connect(socket, endpoint) != 0)
        fail("connect");
}

static void receive(void *socket, char *buffer, size_t size)
{
    if (zmq_recv(socket, buffer, size, 0) != (int)size)
        fail("recv");
}

static void send_one(void *socket, const char *buffer, size_t size)
{
    if (zmq_send(socket, buffer, size, 0) != (int)size)
        fail("send");
}

static void result(long messages, double seconds)
{
    printf("result %ld %.9f 0\n", messages, seconds);
    fflush(stdout);
}

static void run_pull(const char *endpoint, size_t size, double warmup, double duration)
{
    void *socket = open_socket(ZMQ_PULL);
    char *buffer = malloc(size);
    bind_and_tell(socket, endpoint);
    receive(socket, buffer, size);
    double end = now() + warmup;
    while (now() < end)
        for (int i = 0; i < CLOCK_INTERVAL; i++)
            receive(socket, buffer, size);

    long messages = 0;
    double began = now(), elapsed;
    do {
        for (int i = 0; i < CLOCK_INTERVAL; i++)
            receive(socket, buffer, size);
        messages += CLOCK_INTERVAL;
        elapsed = now() - began;
    } while (elapsed < duration);
    result(messages, elapsed);
    for (;;)
        receive(socket, buffer, size);
}

static void run_push(const char *endpoint, size_t size)
{
    void *socket = open_socket(ZMQ_PUSH);
    char *buffer = calloc(1, size);
    connect_to(socket, endpoint);
    for (;;)
        send_one(socket, buffer, size);
}

static void run_rep(const char *endpoint, size_t size)
{
    void *socket = open_socket(ZMQ_REP);
    char *buffer = malloc(size);
    bind_and_tell(socket, endpoint);
    for (;;) {
        receive(socket, buffer, size);
        send_one(socket, buffer, size);
    }
}

static void round_trips(void *socket, char *buffer, size_t size)
{
    for (int i = 0; i < CLOCK_INTERVAL; i++) {
        send_one(socket, buffer, size);
        receive(socket, buffer, size);
    }
}

static void run_req(const char *endpoint, size_t size, double warmup, double duration)
{
    void *socket = open_socket(ZMQ_REQ);
    char *buffer = calloc(1, size);
    connect_to(socket, endpoint);
    round_trips(socket, buffer, size);
    double end = now() + warmup;
    while (now() < end)
        round_trips(socket, buffer, size);

    long messages = 0;
    double began = now(), elapsed;
    do {
        round_trips(socket, buffer, size);
        messages += CLOCK_INTERVAL;
        elapsed = now() - began;
    } while (elapsed < duration);
    result(messages, elapsed);
    pause();
}

int main(int argc, char **argv)
{
    pthread_t input;
    if (pthread_create(&input, NULL, stop_with_input, NULL) != 0)
        fail("thread");

    if (argc == 6 && strcmp(argv[1], "pull") == 0)
        run_pull(argv[2], strtoul(argv[3], NULL, 10), atof(argv[4]), atof(argv[5]));
    else if (argc == 4 && strcmp(argv[1], "push") == 0)
        run_push(argv[2], strtoul(argv[3], NULL, 10));
    else if (argc == 4 && strcmp(argv[1], "rep") == 0)
        run_rep(argv[2], strtoul(argv[3], NULL, 10));
    else if (argc == 6 && strcmp(argv[1], "req") == 0)
        run_req(argv[2], strtoul(argv[3], NULL, 10), atof(argv[4]), atof(argv[5]));

    fprintf(stderr, "usage: wire_peer pull ENDPOINT SIZE WARMUP DURATION | push ENDPOINT SIZE | rep ENDPOINT SIZE | req ENDPOINT SIZE WARMUP DURATION\n");
    return 2;
}
