using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Actors.Shared;

namespace Host.Tests.Telemetry;

/// <summary>A collector that takes OTLP by HTTP and keeps what came.</summary>
internal sealed class OtlpEndpoint : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _posts = new();
    private readonly SemaphoreSlim _came = new(0);
    private readonly Task _serving;

    public OtlpEndpoint()
    {
        Address = $"http://127.0.0.1:{FreePort.Next()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = Serve();
    }

    public string Address { get; }

    /// <summary>The environment of a host that exports to it.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
    };

    /// <summary>The paths that anything has come to.</summary>
    public IEnumerable<string> Paths => _posts.Select(post => post.Path).Distinct();

    /// <summary>Waits until that signal has come with all of these texts, perhaps in several posts.</summary>
    /// <param name="path">For example <c>/v1/metrics</c>.</param>
    /// <param name="texts">Strings of the protocol's messages, which have them as they are.</param>
    public async Task Expect(string path, params string[] texts)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Missing(path, texts) is { Count: > 0 } missing)
        {
            try
            {
                await _came.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"{path} came {_posts.Count(post => post.Path == path)} times without {string.Join(", ", missing)}; paths: {string.Join(", ", _posts.Select(post => post.Path).Distinct())}");
            }
        }
    }

    /// <summary>The spans that have come.</summary>
    public IReadOnlyList<OtlpSpan> Spans => [.. _posts.Where(post => post.Path == "/v1/traces").SelectMany(post => OtlpSpan.Read(post.Body))];

    /// <summary>Whether these octets, of an id for example, are part of what has come of that signal.</summary>
    public bool Has(string path, byte[] octets) => _posts.Any(post => post.Path == path && post.Body.AsSpan().IndexOf(octets) >= 0);

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private List<string> Missing(string path, string[] texts) =>
        [.. texts.Where(text => !_posts.Any(post => post.Path == path && post.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0))];

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _posts.Enqueue((context.Request.Url!.AbsolutePath, body.ToArray()));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
                _came.Release();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
        }
    }
}
