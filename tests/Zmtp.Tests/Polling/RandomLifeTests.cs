using Actors.Zmtp.Tests.Sockets;

namespace Actors.Zmtp.Tests.Polling;

/// <summary>Sockets, timers and queues of a poller that are removed and disposed in a random order, from random handlers.</summary>
public class RandomLifeTests
{
    private const int Pairs = 8;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_order_from_any_handler_does_no_harm(int seed)
    {
        using Life life = new(seed);
        await life.Ended.Within($"end of all sockets; seed {seed}");
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    /// <summary>A poller in which every handler may end anything, until nothing is left.</summary>
    private sealed class Life : IDisposable
    {
        private readonly Random _random;
        private readonly ZmqPoller _poller = new();
        private readonly List<ZmqSocket> _sockets = [];
        private readonly List<ZmqTimer> _timers = [];
        private readonly List<ZmqQueue<int>> _queues = [];
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _turns;

        public Life(int seed)
        {
            _random = new Random(seed);
            for (int i = 0; i < Pairs; i++)
            {
                AddPair(i);
            }

            for (int i = 0; i < 3; i++)
            {
                ZmqTimer timer = new(TimeSpan.FromMilliseconds(1 + i));
                timer.Elapsed += (_, _) => Guarded(Turn);
                _timers.Add(timer);
                _poller.Add(timer);
                ZmqQueue<int> queue = new();
                queue.ReceiveReady += (_, e) => Guarded(() =>
                {
                    e.Queue.TryDequeue(out int _, TimeSpan.Zero);
                    Turn();
                });
                _queues.Add(queue);
                _poller.Add(queue);
            }

            // This one outlives the others, and sees the end.
            ZmqTimer watch = new(TimeSpan.FromMilliseconds(2));
            watch.Elapsed += (_, _) => Guarded(Turn);
            _poller.Add(watch);
            _poller.RunAsync();
        }

        public Task Ended => _ended.Task;

        public void Dispose()
        {
            _poller.Dispose();
            _sockets.ForEach(socket => socket.Dispose());
            _queues.ForEach(queue => queue.Dispose());
        }

        private void AddPair(int number)
        {
            (ZmqSocket bound, ZmqSocket connected) = (number % 4) switch
            {
                0 => ((ZmqSocket)new PullSocket(), (ZmqSocket)new PushSocket()),
                1 => (new RouterSocket(), new DealerSocket()),
                2 => (new PairSocket(), new PairSocket()),
                _ => (new XPublisherSocket(), new SubscriberSocket()),
            };
            string endpoint = _random.Next(2) == 0 ? "tcp://127.0.0.1:0" : "inproc://" + Guid.NewGuid();
            bound.Bind(endpoint);
            connected.Connect(bound.Options.LastEndpoint!);
            (connected as SubscriberSocket)?.SubscribeToAnyTopic();
            foreach (ZmqSocket socket in (ZmqSocket[])[bound, connected])
            {
                socket.Options.Linger = TimeSpan.FromMilliseconds(_random.Next(-1, 100));
                socket.ReceiveReady += (_, e) => Guarded(() =>
                {
                    List<byte[]>? frames = null;
                    e.Socket.TryReceiveMultipartBytes(TimeSpan.Zero, ref frames);
                    Turn();
                });
                if (socket is not (PullSocket or SubscriberSocket or RouterSocket))
                {
                    socket.SendReady += (_, e) => Guarded(() =>
                    {
                        e.Socket.TrySendFrame("x");
                        Turn();
                    });
                }

                _sockets.Add(socket);
                _poller.Add(socket);
            }
        }

        /// <summary>What a handler throws is the result of the test.</summary>
        private void Guarded(Action action)
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                _ended.TrySetException(e);
            }
        }

        private void Turn()
        {
            _turns++;
            switch (_random.Next(40))
            {
                case 0 when _sockets.Count > 0:
                    EndSocket();
                    break;
                case 1 when _timers.Count > 0:
                    _poller.Remove(Take(_timers));
                    break;
                case 2 when _queues.Count > 0:
                    ZmqQueue<int> queue = Take(_queues);
                    _poller.Remove(queue);
                    queue.Dispose();
                    break;
                case 3 when _queues.Count > 0:
                    _queues[_random.Next(_queues.Count)].Enqueue(_turns);
                    break;
            }

            if (_sockets.Count + _timers.Count + _queues.Count == 0)
            {
                _ended.TrySetResult();
            }
        }

        private void EndSocket()
        {
            ZmqSocket socket = Take(_sockets);
            switch (_random.Next(4))
            {
                case 0:
                    _poller.Remove(socket);
                    socket.Dispose();
                    break;
                case 1:
                    _poller.RemoveAndDispose(socket);
                    break;
                case 2:
                    // A socket that is disposed leaves its poller by itself.
                    socket.Dispose();
                    break;
                default:
                    _poller.Remove(socket);
                    ZmqSocket elsewhere = socket;
                    _ = Task.Run(elsewhere.Dispose);
                    break;
            }
        }

        private T Take<T>(List<T> list)
        {
            int index = _random.Next(list.Count);
            T taken = list[index];
            list.RemoveAt(index);
            return taken;
        }
    }
}
