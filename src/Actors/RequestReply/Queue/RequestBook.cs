using System.Security.Cryptography;
using Actors.Transport;

namespace Actors;

/// <summary>
/// The requests of a queue, from their acceptance to their one end, and the servers that take them:
/// docs/protocols/queue.md, section 4.
/// </summary>
/// <remarks>Belongs to one role actor; not safe for concurrent use.</remarks>
internal sealed class RequestBook(QueueSettings settings, TimeProvider time, IQueueOutlets outlets)
{
    private readonly Dictionary<ulong, QueuedRequest> _open = [];
    private readonly Dictionary<RequestId, QueuedRequest> _openById = [];
    private readonly LinkedList<QueuedRequest> _waiting = new();
    private readonly LinkedList<QueuedRequest> _byDeadline = new();
    private readonly LinkedList<QueuedRequest> _byTryDeadline = new();
    private readonly List<QueueServer> _servers = [];
    private readonly AnsweredBy _answeredBy = new(settings.Remember);

    // A reply to a request from before a restart must not be taken for the reply to a new one.
    private ulong _lastNumber = (ulong)RandomNumberGenerator.GetInt32(int.MaxValue) << 32;
    private int _nextServer;
    private int _assigned;
    private long _accepted;
    private long _answered;
    private long _failed;
    private long _lost;
    private long _expired;
    private long _refused;
    private long _redelivered;
    private long _repeated;

    /// <summary>Requests that have not ended.</summary>
    public int Open => _open.Count;

    private int Waiting => _open.Count - _assigned;

    /// <summary>When <see cref="Expire"/> is due; null while no request is open.</summary>
    public TimeSpan? NextDeadline
    {
        get
        {
            if (_byDeadline.First is not { } first) return null;
            return _byTryDeadline.First is { } trying && trying.Value.TryDeadline < first.Value.Deadline ? trying.Value.TryDeadline : first.Value.Deadline;
        }
    }

    public QueueCounts Counts => new(
        _accepted, _answered, _failed, _lost, _expired, Waiting, _assigned, _refused, _redelivered, _repeated, _servers.Count(server => server.Capacity > 0));

    /// <summary>A client asks.</summary>
    /// <param name="request">A well-formed request.</param>
    public void Accept(ReceivedRequest request)
    {
        if (request.Id is { } id && _openById.TryGetValue(id, out var open))
        {
            open.Client = request;
            _repeated++;
            return;
        }
        if (Waiting >= settings.Capacity)
        {
            _refused++;
            outlets.Refuse(request, new Refusal(RefusalCode.Overload, $"{settings.Name}: {settings.Capacity} requests wait for a server"));
            return;
        }
        var accepted = new QueuedRequest(++_lastNumber, request, time.Elapsed() + settings.Timeout);
        _accepted++;
        _open.Add(accepted.Number, accepted);
        if (accepted.Id is { } known) _openById.Add(known, accepted);
        accepted.Accepted(_byDeadline);
        accepted.WaitIn(ServerThatAnswered(accepted)?.Repeats ?? _waiting);
        Assign();
    }

    // ---- servers

    /// <summary>A server has come, with nothing in hand.</summary>
    public void Join(QueueServer server)
    {
        _servers.Add(server);
        Assign();
    }

    /// <summary>A server is gone, and so is what it had in hand.</summary>
    public void Lose(QueueServer server, string why)
    {
        if (!_servers.Remove(server)) return;
        foreach (var request in server.InHand.OrderByDescending(request => request.Number).ToList())
        {
            if (MayRedeliver(request)) TakeBack(request);
            else End(request, ref _lost, new Refusal(RefusalCode.Lost, $"{settings.Name}: {server.Name} had the request, and is gone: {why}"));
        }
        server.Owed.Clear();
        GiveUpRepeats(server);
        Assign();
    }

    /// <summary>The server takes no more requests, and keeps those that it has.</summary>
    public void Leave(QueueServer server)
    {
        server.Capacity = 0;
        GiveUpRepeats(server);
        Assign();
    }

    /// <summary>The server's capacity has changed.</summary>
    public void Resize(QueueServer server, int capacity)
    {
        server.Capacity = capacity;
        Assign();
    }

    /// <summary>One of several connections to the server has ended, and nobody knows what was lost with it.</summary>
    public void Doubt(QueueServer server)
    {
        foreach (var request in server.InHand) request.IsInDoubt = true;
        server.Owed.Clear();
        Assign();
    }

    // ---- ends

    /// <summary>A reply has come.</summary>
    /// <param name="number">The request's number.</param>
    /// <param name="from">The server; null when the queue does not know it, or no longer.</param>
    /// <param name="body">The reply.</param>
    /// <returns>False when nobody waits for it any more.</returns>
    public bool Answer(ulong number, QueueServer? from, Message body)
    {
        from?.Owed.Remove(number);
        var isOpen = _open.TryGetValue(number, out var request);
        if (isOpen)
        {
            if (request!.Id is { } id && from is not null) _answeredBy.Remember(id, from.Id);
            Close(request, from);
            _answered++;
            outlets.Reply(request.Client, body);
        }
        Assign();
        return isOpen;
    }

    /// <summary>A server says that there will be no reply.</summary>
    public void Fail(ulong number, QueueServer from, string reason)
    {
        from.Owed.Remove(number);
        // Another server may have it by now.
        if (_open.TryGetValue(number, out var request) && request.Server == from)
            End(request, ref _failed, new Refusal(RefusalCode.Failed, $"{from.Name}: {reason}"), from);
        Assign();
    }

    /// <summary>Ends what has outrun its time, and takes back what a server has had for too long.</summary>
    public void Expire()
    {
        var now = time.Elapsed();
        while (_byDeadline.First is { } first && first.Value.Deadline <= now)
        {
            var waited = first.Value.Server is { } server ? $"{server.Name} has not answered" : "no server had room";
            End(first.Value, ref _expired, new Refusal(RefusalCode.Expired, $"{settings.Name}: {waited} within {settings.Timeout.TotalMilliseconds} ms"));
        }
        while (_byTryDeadline.First is { } slow && slow.Value.TryDeadline <= now)
        {
            Owe(slow.Value);
            TakeBack(slow.Value);
        }
        Assign();
    }

    /// <summary>The queue stops: every request ends.</summary>
    public void Stop()
    {
        while (_byDeadline.First is { } first) End(first.Value, ref _lost, new Refusal(RefusalCode.Lost, $"{settings.Name}: the queue has stopped"));
    }

    // ---- assignment

    private void Assign()
    {
        if (Waiting == 0) return;
        foreach (var server in _servers)
            while (server.Room > 0 && server.Repeats.First is { } repeat) Give(repeat.Value, server);
        while (_waiting.First is { } first && WithMostRoom(first.Value.LastServer) is { } server) Give(first.Value, server);
    }

    /// <param name="notAgain">The server to choose only when there is no other.</param>
    private QueueServer? WithMostRoom(QueueServer? notAgain)
    {
        QueueServer? best = null;
        var next = 0;
        for (var i = 0; i < _servers.Count; i++)
        {
            // The search begins behind the last choice, so that servers with equal room take turns.
            var index = (_nextServer + i) % _servers.Count;
            var server = _servers[index];
            if (server.Room <= 0 || (best is not null && (server == notAgain || (best != notAgain && server.Room <= best.Room)))) continue;
            best = server;
            next = index + 1;
        }
        if (best is not null) _nextServer = next;
        return best;
    }

    private void Give(QueuedRequest request, QueueServer server)
    {
        request.GiveTo(server);
        _assigned++;
        if (settings.TryTimeout is { } patience && MayRedeliver(request)) request.TryUntil(time.Elapsed() + patience, _byTryDeadline);
        outlets.Assign(server, request);
    }

    private bool MayRedeliver(QueuedRequest request) => request.Tries < settings.MaxTries && settings.Redeliver switch
    {
        Redelivery.Always => true,
        Redelivery.Identified => request.Id is not null,
        _ => false,
    };

    private void TakeBack(QueuedRequest request)
    {
        request.TakeBack();
        _assigned--;
        _redelivered++;
        request.WaitInFrontOf(_waiting);
    }

    private QueueServer? ServerThatAnswered(QueuedRequest request) =>
        request.Id is { } id && _answeredBy.Find(id) is { } known ? _servers.Find(server => server.Id == known && server.Capacity > 0) : null;

    private void GiveUpRepeats(QueueServer server)
    {
        while (server.Repeats.Last is { } repeat)
        {
            server.Repeats.Remove(repeat);
            repeat.Value.WaitInFrontOf(_waiting);
        }
    }

    private void End(QueuedRequest request, ref long count, Refusal refusal, QueueServer? by = null)
    {
        Close(request, by);
        count++;
        outlets.Refuse(request.Client, refusal);
    }

    /// <param name="request">The request that has ended.</param>
    /// <param name="by">The server that ended it. Any other server that has it still works on it.</param>
    private void Close(QueuedRequest request, QueueServer? by)
    {
        if (request.Server is { } server)
        {
            if (server != by) Owe(request);
            _assigned--;
        }
        request.End();
        _open.Remove(request.Number);
        if (request.Id is { } id) _openById.Remove(id);
    }

    private static void Owe(QueuedRequest request)
    {
        if (!request.IsInDoubt) request.Server!.Owed.Add(request.Number);
    }
}
