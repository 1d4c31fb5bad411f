using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Polling;

public class PollerTests
{
    private static T Wait<T>(Task<T> task, string what)
    {
        Assert.True(task.Wait(Frames.Timeout), $"Within {Frames.Timeout} there was no {what}.");
        return task.Result;
    }

    [Fact]
    public void It_raises_ReceiveReady_while_messages_are_there()
    {
        using PullSocket pull = new();
        int port = pull.BindRandomPort("tcp://127.0.0.1");
        using PushSocket push = new();
        push.Connect($"tcp://127.0.0.1:{port}");
        using ZmqPoller poller = new() { pull };
        TaskCompletionSource<int> done = new();
        int received = 0;
        pull.ReceiveReady += (_, e) =>
        {
            Assert.True(e.IsReadyToReceive);
            Assert.Same(pull, e.Socket);
            // One at a time: the event comes again as long as there is one.
            pull.ReceiveText();
            if (++received == 500)
            {
                done.TrySetResult(Environment.CurrentManagedThreadId);
            }
        };
        poller.RunAsync();
        for (int i = 0; i < 500; i++)
        {
            push.SendText("message " + i);
        }

        int thread = Wait(done.Task, "500th message");
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
        poller.Stop();
        Assert.False(poller.IsRunning);
    }

    [Fact]
    public void A_socket_without_a_handler_is_not_read_so_that_its_peer_has_to_wait()
    {
        using PullSocket pull = new();
        pull.Options.ReceiveHighWatermark = 5;
        pull.Bind("inproc://credit");
        using PushSocket push = new();
        push.Options.SendHighWatermark = 5;
        push.Connect("inproc://credit");
        using ZmqPoller poller = new() { pull };
        using SemaphoreSlim read = new(0);
        EventHandler<ZmqSocketEventArgs> handler = (_, _) =>
        {
            pull.ReceiveText();
            read.Release();
        };
        pull.ReceiveReady += handler;
        poller.RunAsync();
        push.SendText("first");
        Assert.True(read.Wait(Frames.Timeout), "The first message was not read.");
        Wait(OnPoller(poller, () => pull.ReceiveReady -= handler), "answer of the poller");

        int taken = 0;
        while (push.TrySendText("more"))
        {
            taken++;
        }

        Assert.Equal(10, taken);
        Assert.Equal(0, read.CurrentCount);
        poller.Run(() => pull.ReceiveReady += handler);
        for (int i = 0; i < taken; i++)
        {
            Assert.True(read.Wait(Frames.Timeout), $"Message {i} was not read after the handler was added again.");
        }
    }

    [Fact]
    public void SendReady_comes_while_the_socket_can_send()
    {
        using PushSocket push = new();
        push.Options.SendHighWatermark = 3;
        push.Bind("inproc://send-ready");
        using PullSocket pull = new();
        pull.Options.ReceiveHighWatermark = 3;
        using ZmqPoller poller = new() { push };
        using SemaphoreSlim sent = new(0);
        push.SendReady += (_, e) =>
        {
            Assert.True(e.IsReadyToSend);
            Assert.True(push.TrySendText("x"));
            sent.Release();
        };
        poller.RunAsync();
        pull.Connect("inproc://send-ready");
        for (int i = 0; i < 6; i++)
        {
            Assert.True(sent.Wait(Frames.Timeout), $"SendReady came only {i} times.");
        }

        pull.ReceiveText();
        pull.ReceiveText();
        pull.ReceiveText();
        Assert.True(sent.Wait(Frames.Timeout), "SendReady did not come again after the peer had read.");
    }

    [Fact]
    public void Sockets_can_be_added_removed_and_disposed_from_handlers_in_any_order()
    {
        using ZmqPoller poller = new();
        List<PairSocket> near = [];
        List<PairSocket> far = [];
        TaskCompletionSource<int> gone = new();
        int left = 20;
        for (int i = 0; i < 20; i++)
        {
            (PairSocket one, PairSocket two) = Pair();
            near.Add(one);
            far.Add(two);
            int number = i;
            one.ReceiveReady += (_, _) =>
            {
                one.ReceiveText();
                // Each takes itself out, or its neighbour, in one of the ways there are.
                PairSocket target = number % 4 < 2 ? one : near[(number + 1) % 20];
                if (target.IsDisposed)
                {
                    target = one;
                }

                if (number % 2 == 0)
                {
                    poller.RemoveAndDispose(target);
                }
                else
                {
                    target.Dispose();
                }

                if (Interlocked.Decrement(ref left) == 0 || near.TrueForAll(s => s.IsDisposed))
                {
                    gone.TrySetResult(0);
                }
            };
            poller.Add(one);
        }

        poller.RunAsync();
        for (int round = 0; round < 2; round++)
        {
            foreach (PairSocket socket in far)
            {
                socket.TrySendText("go");
            }
        }

        Wait(gone.Task, "end of the sockets");
        poller.Stop();
        far.ForEach(s => s.Dispose());
        near.ForEach(s => s.Dispose());
    }

    [Fact]
    public void What_a_handler_throws_comes_out_of_Run()
    {
        (PairSocket one, PairSocket two) = Pair();
        using (one)
        using (two)
        {
            using ZmqPoller poller = new() { one };
            one.ReceiveReady += (_, _) => throw new InvalidDataException("from the handler");
            two.SendText("go");
            InvalidDataException e = Assert.Throws<InvalidDataException>(poller.Run);
            Assert.Equal("from the handler", e.Message);
            Assert.False(poller.IsRunning);
        }
    }

    [Fact]
    public void A_queue_takes_from_many_threads_and_wakes_the_poller()
    {
        const int writers = 4;
        const int each = 20_000;
        using ZmqQueue<(int Writer, int Number)> queue = new();
        using ZmqPoller poller = new() { queue };
        int[] next = new int[writers];
        int total = 0;
        TaskCompletionSource<int> done = new();
        queue.ReceiveReady += (_, e) =>
        {
            while (e.Queue.TryDequeue(out (int Writer, int Number) item, TimeSpan.Zero))
            {
                Assert.Equal(next[item.Writer]++, item.Number);
                if (++total == writers * each)
                {
                    done.TrySetResult(0);
                }
            }
        };
        poller.RunAsync();
        Parallel.For(0, writers, new ParallelOptions { MaxDegreeOfParallelism = writers }, writer =>
        {
            for (int i = 0; i < each; i++)
            {
                queue.Enqueue((writer, i));
            }
        });
        Wait(done.Task, $"end of the queue; {total} elements came");
        Assert.True(queue.IsEmpty);
    }

    [Fact]
    public void A_queue_can_be_read_without_a_poller()
    {
        using ZmqQueue<string> queue = new();
        Assert.False(queue.TryDequeue(out _, TimeSpan.FromMilliseconds(10)));
        Task<string> reader = Task.Run(() => queue.Dequeue());
        queue.Enqueue("element");
        Assert.Equal("element", Wait(reader, "element"));
    }

    [Fact]
    public void Timers_elapse_again_and_again_until_switched_off_or_taken_out()
    {
        using ZmqPoller poller = new();
        ZmqTimer timer = new(TimeSpan.FromMilliseconds(5));
        using SemaphoreSlim rounds = new(0);
        int count = 0;
        timer.Elapsed += (_, e) =>
        {
            Assert.Same(timer, e.Timer);
            if (++count % 3 == 0)
            {
                timer.Enable = false;
                rounds.Release();
            }
        };
        poller.Add(timer);
        poller.RunAsync();
        Assert.True(rounds.Wait(Frames.Timeout), "The third event of the timer did not come.");
        Wait(OnPoller(poller, () => timer.Enable = true), "answer of the poller");
        Assert.True(rounds.Wait(Frames.Timeout), "The timer that was switched on again did not elapse.");

        poller.Remove(timer);
        Wait(OnPoller(poller, () => timer.Enable = true), "answer of the poller");
        ZmqTimer other = new(TimeSpan.FromMilliseconds(20));
        other.Elapsed += (_, _) => rounds.Release();
        poller.Add(other);
        Assert.True(rounds.Wait(Frames.Timeout), "The other timer did not elapse.");
        Assert.Equal(6, count);
    }

    [Fact]
    public async Task It_is_a_task_scheduler_and_brings_continuations_back()
    {
        using ZmqPoller poller = new();
        poller.RunAsync("poller under test");
        string? after = null;
        Task<bool> task = Task.Factory.StartNew(
            async () =>
            {
                Assert.True(poller.CanExecuteTaskInline);
                await Task.Yield();
                after = Thread.CurrentThread.Name;
                return poller.CanExecuteTaskInline;
            },
            CancellationToken.None,
            TaskCreationOptions.None,
            poller).Unwrap();
        Assert.True(await task.WaitAsync(Frames.Timeout));
        Assert.Equal("poller under test", after);
        Assert.False(poller.CanExecuteTaskInline);
    }

    [Fact]
    public void Stop_from_a_handler_ends_Run()
    {
        (PairSocket one, PairSocket two) = Pair();
        using (one)
        using (two)
        {
            using ZmqPoller poller = new() { one };
            one.ReceiveReady += (_, _) => poller.Stop();
            two.SendText("stop");
            poller.Run();
            Assert.False(poller.IsRunning);
            Assert.Equal(["stop"], one.ReceiveText());
        }
    }

    private static Task<int> OnPoller(ZmqPoller poller, Action action)
        => Task.Factory.StartNew(
            () =>
            {
                action();
                return 0;
            },
            CancellationToken.None,
            TaskCreationOptions.None,
            poller);

    private static (PairSocket One, PairSocket Two) Pair()
    {
        string endpoint = "inproc://pair-" + Guid.NewGuid().ToString("N");
        return (new PairSocket("@" + endpoint), new PairSocket(">" + endpoint));
    }
}
