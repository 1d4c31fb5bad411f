using System.Text.Json;
using Actors.Zmtp;

namespace Actors.Host.Control;

/// <summary>
/// The control socket of a host: a ROUTER on a thread of its own, which sleeps until somebody asks. A client can make it work
/// no more than so many times a second, and what a client does not read is dropped.
/// </summary>
/// <remarks>It is on the engine of this project, whatever engine the roles have, because that has ipc.</remarks>
internal sealed class ControlServer : IDisposable
{
    private const int MostFrame = 16 * 1024;
    private const int MostMessage = 64 * 1024;
    private const int MostWaiting = 16;
    private const int MostConnections = 64;

    // Requests in an interval, of all clients together; the clients take turns.
    private const int MostAtOnce = 5;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(200);

    private readonly RouterSocket _socket = new();
    private readonly ZmqQueue<IReadOnlyList<byte[]>> _replies = new();
    private readonly ZmqPoller _poller = new();
    private readonly ZmqTimer _pause = new(Interval) { Enable = false };
    private readonly CancellationTokenSource _closed = new();
    private readonly Func<ControlRequest, CancellationToken, Task<ControlReply>> _answer;
    private readonly Action<string> _warn;
    private readonly TimeProvider _clock;
    private long _intervalBegan;
    private int _inInterval;
    private int _inHand;

    private ControlServer(Func<ControlRequest, CancellationToken, Task<ControlReply>> answer, Action<string> warn, TimeProvider clock)
    {
        _answer = answer;
        _warn = warn;
        _clock = clock;
        var options = _socket.Options;
        options.MaxMsgSize = MostFrame;
        options.MaxReceiveBytes = MostMessage;
        options.MaxConnections = MostConnections;
        options.MaxHandshakes = MostConnections;
        options.HandshakeTimeout = TimeSpan.FromSeconds(5);
        options.ReceiveHighWatermark = MostWaiting;
        options.SendHighWatermark = MostWaiting;
        options.Linger = Linger;
        _socket.ReceiveReady += OnRequest;
        _replies.ReceiveReady += OnReply;
        _pause.Elapsed += OnPauseOver;
    }

    /// <summary>The path of the socket.</summary>
    public string Path { get; private init; } = "";

    /// <summary>Listens at a path in a directory that is this user's alone.</summary>
    /// <param name="path">Nobody listens there.</param>
    /// <param name="answer">Answers a request, on any thread; what it throws is told to the client and to the log.</param>
    /// <param name="warn">Logs.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="ZmqException">The system refuses.</exception>
    public static ControlServer Open(string path, Func<ControlRequest, CancellationToken, Task<ControlReply>> answer, Action<string> warn, TimeProvider clock)
    {
        var server = new ControlServer(answer, warn, clock) { Path = path };
        try
        {
            server._socket.Bind($"ipc://{path}");
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            server._poller.Add(server._socket);
            server._poller.Add(server._replies);
            server._poller.Add(server._pause);
            server._poller.RunAsync("control socket");
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Answers nobody any more, and removes the socket from its directory.</summary>
    public void Dispose()
    {
        if (_closed.IsCancellationRequested) return;
        _closed.Cancel();
        _poller.Dispose();
        _socket.Dispose();
        _replies.Dispose();
    }

    private void OnRequest(object? sender, ZmqSocketEventArgs e)
    {
        try
        {
            if (MayRead()) ReadNext();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // What a handler throws would end the process.
            _socket.ReceiveReady -= OnRequest;
            _warn($"the control socket has failed, and answers nobody any more: {fault.Message}");
        }
    }

    private void ReadNext()
    {
        var frames = new List<byte[]>();
        while (_socket.TryReceive(out var frame, out var more))
        {
            frames.Add(frame);
            if (!more) break;
        }
        if (frames.Count == 0) return;
        // The routing id, the envelopes of proxies, an empty frame, and the request.
        var delimiter = frames.FindIndex(1, frame => frame.Length == 0);
        if (delimiter < 0)
        {
            Reply([.. frames.Take(1)], ControlReply.Failed(ControlErrors.Malformed, "expected an empty frame before the request, as a REQ socket sends it"));
            return;
        }
        List<byte[]> envelope = [.. frames.Take(delimiter + 1)];
        if (frames.Count != delimiter + 2) Reply(envelope, ControlReply.Failed(ControlErrors.Malformed, $"the request has {frames.Count - delimiter - 1} frames behind the empty one: expected one, a JSON object"));
        else if (Read(frames[^1], out var fault) is { } request) _ = Answer(envelope, request);
        else Reply(envelope, fault!);
    }

    /// <summary>False when clients have asked enough for now; what they have sent stays in their pipes.</summary>
    private bool MayRead()
    {
        if (_clock.GetElapsedTime(_intervalBegan) >= Interval) (_intervalBegan, _inInterval) = (_clock.GetTimestamp(), 0);
        if (++_inInterval <= MostAtOnce && Volatile.Read(ref _inHand) < MostWaiting) return true;
        _socket.ReceiveReady -= OnRequest;
        _pause.Enable = true;
        return false;
    }

    private void OnPauseOver(object? sender, ZmqTimerEventArgs e)
    {
        _pause.Enable = false;
        _socket.ReceiveReady += OnRequest;
    }

    private static ControlRequest? Read(byte[] json, out ControlReply? fault)
    {
        fault = null;
        try
        {
            // The version comes first: a later one may have other fields.
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number)
                fault = ControlReply.Failed(ControlErrors.Malformed, "expected a JSON object with \"version\" and \"verb\"");
            else if (!version.TryGetInt32(out var number) || number != ControlRequest.CurrentVersion)
                fault = ControlReply.Failed(ControlErrors.Version, $"the version is {version.GetRawText()}: expected {ControlRequest.CurrentVersion}");
            else if (root.Deserialize(ControlJson.Default.ControlRequest) is { Verb: not null } request) return request;
            else fault = ControlReply.Failed(ControlErrors.Malformed, "expected a JSON object with \"version\" and \"verb\"");
        }
        catch (JsonException mistake)
        {
            fault = ControlReply.Failed(ControlErrors.Malformed, $"the request cannot be read: {mistake.Message}");
        }
        return null;
    }

    private async Task Answer(List<byte[]> envelope, ControlRequest request)
    {
        Interlocked.Increment(ref _inHand);
        ControlReply reply;
        try
        {
            reply = await Task.Run(() => _answer(request, _closed.Token)).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            if (!_closed.IsCancellationRequested) _warn($"the control request {request.Verb} failed: {fault.Message}");
            reply = ControlReply.Failed(ControlErrors.Failed, fault.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _inHand);
        }
        Reply(envelope, reply);
    }

    /// <summary>From any thread.</summary>
    private void Reply(List<byte[]> envelope, ControlReply reply)
    {
        try
        {
            _replies.Enqueue([.. envelope, JsonSerializer.SerializeToUtf8Bytes(reply, ControlJson.Default.ControlReply)]);
        }
        catch (ObjectDisposedException)
        {
            // The host has ended.
        }
    }

    private void OnReply(object? sender, ZmqQueueEventArgs<IReadOnlyList<byte[]>> e)
    {
        try
        {
            if (e.Queue.TryDequeue(out var reply, TimeSpan.Zero)) _socket.TrySend([.. reply.Select(frame => new ReadOnlyMemory<byte>(frame))]);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _warn($"the control socket could not send a reply: {fault.Message}");
        }
    }
}
