/* Calls a counter of grains on plain libzmq: grains ENDPOINT bare|full COUNT [SERVER_KEY PUBLIC_KEY SECRET_KEY]

   bare: a REQ that waits for each reply. full: a DEALER that has 64 calls in flight, each with an id. Prints the last result. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

static void *s;

static void check(int ok, const char *what)
{
    if (ok) return;
    printf("%s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
}

static void put(const void *octets, size_t size, int more)
{
    check(zmq_send(s, octets, size, more ? ZMQ_SNDMORE : 0) == (int)size, "send");
}

static int get(char *octets, int size, int *more)
{
    size_t length = sizeof *more;
    int got = zmq_recv(s, octets, size - 1, 0);
    check(got >= 0 && got < size, "receive");
    octets[got] = 0;
    zmq_getsockopt(s, ZMQ_RCVMORE, more, &length);
    return got;
}

static void expect_result(char *result, int size)
{
    char first[8], code[64];
    int more;
    get(first, sizeof first, &more);
    if (first[0] == 0) {
        get(result, size, &more);
        return;
    }
    get(code, sizeof code, &more);
    get(result, size, &more);
    printf("error %s: %s\n", code, result);
    exit(1);
}

static void call_bare(void)
{
    put("counter", 7, 1);
    put("from c", 6, 1);
    put("Add", 3, 1);
    put("[1]", 3, 0);
}

static void call_full(uint64_t number)
{
    static const char frame[] = "GC\1\0\0\0\x75\x30\7counter\0\0\0\6from c\3Add";
    unsigned char id[28] = { 0, 'R', 'Q', 1 };
    memset(id + 4, 0xc0, 16);
    for (int i = 0; i < 8; i++) id[27 - i] = (unsigned char)(number >> 8 * i);
    put(id, sizeof id, 1);
    put("", 0, 1);
    put(frame, sizeof frame - 1, 1);
    put("[1]", 3, 0);
}

int main(int argc, char **argv)
{
    int full = argc > 3 && strcmp(argv[2], "full") == 0, linger = 0;
    long count = argc > 3 ? atol(argv[3]) : 0, sent = 0, most = 0;
    char result[256] = "", id[64], delimiter[8];
    int more;
    s = zmq_socket(zmq_ctx_new(), full ? ZMQ_DEALER : ZMQ_REQ);
    zmq_setsockopt(s, ZMQ_LINGER, &linger, sizeof linger);
    if (argc == 7) {
        zmq_setsockopt(s, ZMQ_CURVE_SERVERKEY, argv[4], 40);
        zmq_setsockopt(s, ZMQ_CURVE_PUBLICKEY, argv[5], 40);
        zmq_setsockopt(s, ZMQ_CURVE_SECRETKEY, argv[6], 40);
    }
    check(zmq_connect(s, argv[1]) == 0, "connect");
    for (long received = 0; received < count; received++) {
        while (sent < count && sent - received < (full ? 64 : 1)) {
            sent++;
            if (full) call_full((uint64_t)sent);
            else call_bare();
        }
        if (full) {
            check(get(id, sizeof id, &more) == 28 && id[2] == 'Q', "the id of a reply");
            check(get(delimiter, sizeof delimiter, &more) == 0, "the empty frame");
        }
        expect_result(result, sizeof result);
        if (atol(result) > most) most = atol(result);
    }
    printf("result %ld\n", most);
    return 0;
}
