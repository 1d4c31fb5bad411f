using System.Diagnostics;
using System.Runtime.CompilerServices;
using Actors.Zmtp;

namespace Actors.Transport;

/// <summary>
/// What sockets drop inside, behind the API: what waits for a peer whose connection ends, what a peer that does not read
/// misses, and what had come when the socket was closed. A NetMQ that knows tells it as events of the
/// <see cref="DiagnosticListener"/> named "NetMQ"; the genuine 4.0.2.1 has none, and then nothing of this is counted.
/// </summary>
internal static class ZmtpSocketDrops
{
    private const string Library = "Actors.Zmtp";
    private const string MessagesDropped = "Actors.Zmtp.MessagesDropped";

    // A closed socket drops as well, until its linger time is over.
    private static readonly ConditionalWeakTable<object, Action<long, DropReason, string?>> Reports = [];

    private static volatile bool _areTold;

    static ZmtpSocketDrops()
    {
        // The library makes its listener with its first socket at the latest.
        DiagnosticListener.AllListeners.Subscribe(new Finder());
    }

    /// <summary>Whether the NetMQ in use tells; known when the first socket was made.</summary>
    public static bool AreTold => _areTold;

    /// <summary>Tells <paramref name="report"/> what the socket drops, from any thread, until all its connections have ended.</summary>
    public static void Watch(ZmqSocket socket, Action<long, DropReason, string?> report) => Reports.Add(socket, report);

    private static void OnDropped(IReadOnlyList<KeyValuePair<string, object?>> dropped)
    {
        if (Value("Socket") is not { } socket || !Reports.TryGetValue(socket, out var report)) return;
        var reason = Value("Reason") switch
        {
            "Unsent" => DropReason.Unsent,
            "Unread" => DropReason.Unread,
            _ => DropReason.PeerFull,
        };
        var peer = Value("Peer") as string;
        report((long)Value("Count")!, reason, string.IsNullOrEmpty(peer) ? null : peer);

        object? Value(string key) => dropped.FirstOrDefault(part => part.Key == key).Value;
    }

    private sealed class Finder : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name != Library) return;
            _areTold = true;
            listener.Subscribe(new Events(), name => name == MessagesDropped);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }

    private sealed class Events : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> what)
        {
            if (what is { Key: MessagesDropped, Value: IReadOnlyList<KeyValuePair<string, object?>> dropped }) OnDropped(dropped);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
