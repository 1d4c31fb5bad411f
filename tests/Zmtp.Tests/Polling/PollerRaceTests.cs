using System.Collections.Concurrent;
using System.Net.Sockets;
using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Polling;

/// <summary>
/// Adding, removing, stopping and disposing race each other: nothing throws but to its own caller, and no handler or continuation
/// runs on another thread than the poller's.
/// </summary>
public class PollerRaceTests
{
    [Fact]
    public async Task What_follows_an_await_never_runs_once_the_poller_is_gone_and_nothing_throws()
    {
        using ZmqPoller poller = new();
        using ZmqQueue<int> queue = new();
        TaskCompletionSource<SynchronizationContext> handled = new();
        TaskCompletionSource awaited = new();
        bool ran = false;
        queue.ReceiveReady += async (_, e) =>
        {
            e.Queue.TryDequeue(out int _, TimeSpan.Zero);
            handled.SetResult(SynchronizationContext.Current!);
            await awaited.Task;
            ran = true;
        };
        poller.Add(queue);
        poller.RunAsync();
        queue.Enqueue(1);
        SynchronizationContext context = await handled.Task.Within("handler");
        poller.Dispose();
        // The continuation is posted by the thread that completes the task, where an exception would end the process.
        await Task.Run(awaited.SetResult).Within("completion");
        context.Post(_ => ran = true, null);
        Assert.Throws<ObjectDisposedException>(() => context.Send(_ => ran = true, null));
        Assert.False(ran);
    }

    [Fact]
    public async Task A_plain_socket_that_becomes_readable_while_the_poller_is_disposed_of_does_no_harm()
    {
        for (int i = 0; i < 50; i++)
        {
            using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
            listener.Start();
            using Socket near = new(SocketType.Stream, ProtocolType.Tcp);
            await near.ConnectAsync(listener.LocalEndpoint);
            using Socket far = await listener.AcceptSocketAsync();
            ConcurrentBag<bool> onPoller = [];
            ZmqPoller poller = new();
            TaskCompletionSource reading = new();
            poller.RunAsync();
            poller.Run(async () =>
            {
                byte[] buffer = new byte[16];
                while (true)
                {
                    ValueTask<int> read = near.ReceiveAsync(buffer.AsMemory());
                    reading.TrySetResult();
                    await read;
                    onPoller.Add(poller.CanExecuteTaskInline);
                }
            });
            await reading.Task.Within("read");
            Task sending = Task.Run(() =>
            {
                for (int n = 0; n < 20; n++)
                {
                    far.Send([1]);
                }
            });
            poller.Dispose();
            await sending.Within("send");
            Assert.All(onPoller, Assert.True);
        }
    }

    [Fact]
    public async Task A_stop_right_after_the_start_on_another_thread_ends_the_run()
    {
        for (int i = 0; i < 200; i++)
        {
            using ZmqPoller poller = new();
            Task running = Task.Run(poller.Run);
            poller.Stop();
            await running.Within($"end of run {i}");
            Assert.False(poller.IsRunning);
        }
    }

    [Fact]
    public void A_stop_before_RunAsync_does_not_count_for_it()
    {
        using ZmqPoller poller = new();
        poller.Stop();
        poller.Stop();
        poller.RunAsync();
        Assert.True(poller.IsRunning);
        using ManualResetEventSlim ran = new();
        poller.Run(ran.Set);
        Assert.True(ran.Wait(Frames.Timeout), "The poller does not run.");
        poller.Stop();
        Assert.False(poller.IsRunning);
    }

    [Fact]
    public async Task A_dispose_right_after_the_start_ends_the_run_or_refuses_it()
    {
        for (int i = 0; i < 200; i++)
        {
            ZmqPoller poller = new();
            Task running = Task.Run(poller.Run);
            poller.Dispose();
            await Task.WhenAny(running).Within($"end of run {i}");
            Assert.True(running.IsCompletedSuccessfully || running.Exception?.InnerException is ObjectDisposedException, running.Exception?.ToString());
            Assert.False(poller.IsRunning);
        }
    }

    [Fact]
    public void A_monitor_that_is_disposed_of_right_after_its_start_is_told_nothing_more()
    {
        for (int i = 0; i < 200; i++)
        {
            using PullSocket pull = new();
            int told = 0;
            using PushSocket push = new();
            int port = pull.BindRandomPort("tcp://127.0.0.1");
            push.Connect($"tcp://127.0.0.1:{port}");
            pull.Monitor(SocketEvents.All, _ => Interlocked.Increment(ref told)).Dispose();
            int before = Volatile.Read(ref told);
            push.SendText("x");
            Assert.Equal(["x"], pull.ReceiveText());
            Assert.Equal(before, Volatile.Read(ref told));
        }
    }

    [Fact]
    public async Task A_socket_that_was_removed_belongs_to_the_caller()
    {
        using ZmqPoller poller = new();
        poller.RunAsync();
        using PushSocket push = new();
        for (int i = 0; i < 100; i++)
        {
            PullSocket pull = new();
            pull.Bind($"inproc://removed-{i}");
            push.Connect($"inproc://removed-{i}");
            using SemaphoreSlim entered = new(0);
            bool removed = false;
            bool late = false;
            pull.ReceiveReady += (_, _) =>
            {
                late |= Volatile.Read(ref removed);
                entered.Release();
                pull.TryReceiveText();
                late |= Volatile.Read(ref removed);
            };
            for (int n = 0; n < 5; n++)
            {
                push.SendText("x");
            }

            poller.Add(pull);
            Assert.True(await entered.WaitAsync(Frames.Timeout), "The handler was not called.");
            if (i % 2 == 0)
            {
                poller.Remove(pull);
                Volatile.Write(ref removed, true);
                pull.Dispose();
            }
            else
            {
                pull.Dispose();
                Volatile.Write(ref removed, true);
            }

            Assert.False(late);
            push.Disconnect($"inproc://removed-{i}");
        }
    }

    [Fact]
    public void A_handler_that_removes_its_socket_is_not_told_that_it_can_be_written()
    {
        using ZmqPoller poller = new();
        using PairSocket here = new("@inproc://removes-itself");
        using PairSocket there = new(">inproc://removes-itself");
        using ManualResetEventSlim received = new();
        bool removed = false;
        bool late = false;
        here.ReceiveReady += (_, _) =>
        {
            poller.Remove(here);
            removed = true;
            received.Set();
        };
        here.SendReady += (_, _) => late |= removed;
        poller.Add(here);
        poller.RunAsync();
        there.SendText("x");
        Assert.True(received.Wait(Frames.Timeout), "Nothing was received.");
        poller.Stop();
        Assert.False(late);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_threads_do_to_a_poller_at_once_only_its_own_thread_runs_handlers_and_nothing_else_throws(int seed)
    {
        ConcurrentQueue<Exception> failures = [];
        int foreign = 0;
        int handled = 0;
        for (int round = 0; round < 30; round++)
        {
            ZmqPoller poller = new();
            string name = $"inproc://race-{seed}-{round}";
            using CancellationTokenSource over = new();
            Thread running = new(() => Keep(() => RunAgainAndAgain(poller, over.Token)));
            running.Start();
            Task[] workers = [.. Enumerable.Range(0, 4).Select(w => Task.Factory.StartNew(() => Keep(() => Work(poller, $"{name}-{w}", (seed * 1000) + (round * 10) + w)), TaskCreationOptions.LongRunning))];
            if (round % 3 == 0)
            {
                poller.Dispose();
            }

            await Task.WhenAll(workers).Within("end of the workers");
            over.Cancel();
            poller.Dispose();
            Assert.True(running.Join(Frames.Timeout), "The poller did not end.");
        }

        Assert.Empty(failures);
        Assert.Equal(0, foreign);
        Assert.NotEqual(0, handled);

        void Keep(Action action)
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                failures.Enqueue(e);
            }
        }

        void RunAgainAndAgain(ZmqPoller poller, CancellationToken over)
        {
            while (!over.IsCancellationRequested && !poller.IsDisposed)
            {
                OwnCall(poller.Run);
            }
        }

        void Work(ZmqPoller poller, string name, int seed)
        {
            Random random = new(seed);
            using PushSocket push = new();
            push.Options.Linger = TimeSpan.Zero;
            for (int i = 0; i < 30; i++)
            {
                PullSocket pull = new();
                string endpoint = $"{name}-{i}";
                pull.Bind(endpoint);
                push.Connect(endpoint);
                ZmqTimer timer = new(TimeSpan.FromMilliseconds(1));
                timer.Elapsed += (_, _) => Count(poller);
                pull.ReceiveReady += (_, _) =>
                {
                    Count(poller);
                    pull.TryReceiveText();
                };
                OwnCall(() => poller.Add(pull));
                OwnCall(() => poller.Add(timer));
                for (int n = random.Next(4); n > 0; n--)
                {
                    push.TrySendText("x");
                }

                if (random.Next(6) == 0)
                {
                    OwnCall(poller.Stop);
                }

                OwnCall(() => poller.Remove(timer));
                switch (random.Next(3))
                {
                    case 0:
                        poller.Remove(pull);
                        pull.Dispose();
                        break;
                    case 1:
                        poller.RemoveAndDispose(pull);
                        break;
                    default:
                        pull.Dispose();
                        break;
                }

                push.Disconnect(endpoint);
            }
        }

        void Count(ZmqPoller poller)
        {
            Interlocked.Increment(ref handled);
            if (!poller.CanExecuteTaskInline)
            {
                Interlocked.Increment(ref foreign);
            }
        }

        static void OwnCall(Action call)
        {
            try
            {
                call();
            }
            catch (ObjectDisposedException)
            {
                // The poller is gone, which its caller is told.
            }
        }
    }
}
