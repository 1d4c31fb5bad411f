using System.Net;
using Actors.Host.Http;
using Akka.Actor;

namespace Host.Tests.Http;

/// <summary>The server over a status that the test sets, and a client of it.</summary>
internal sealed class ServedHost : IAsyncDisposable
{
    private ServedHost(ActorSystem system, HttpServer server, FakeStatus status)
    {
        (System, Server, Status) = (system, server, status);
        Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = server.Address };
    }

    public ActorSystem System { get; }

    public HttpServer Server { get; }

    public FakeStatus Status { get; }

    public HttpClient Client { get; }

    public static async Task<ServedHost> Start(string? token = null, params string[] allowedHosts)
    {
        var system = ActorSystem.Create("http", "akka { loglevel = INFO, stdout-loglevel = OFF, loggers = [] }");
        var status = new FakeStatus();
        var plan = new HttpPlan(new IPEndPoint(IPAddress.Loopback, 0), allowedHosts) { Token = token };
        return new ServedHost(system, await HttpServer.Start(plan, status, system), status);
    }

    /// <summary>A request that gets an answer, whatever it is.</summary>
    public Task<HttpResponseMessage> Ask(string path, params (string Name, string Value)[] headers) => Ask(HttpMethod.Get, path, headers);

    public Task<HttpResponseMessage> Ask(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>The lines of an event stream.</summary>
    public async Task<EventLines> Events(params (string Name, string Value)[] headers)
    {
        var answer = await Ask("/api/events", headers);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return new EventLines(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        await System.Terminate();
    }

    internal sealed record EventLines(HttpResponseMessage Answer, StreamReader Reader) : IDisposable
    {
        /// <summary>The data of the next event of that name; others are passed over.</summary>
        public async Task<string> Next(string name)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var seen = new List<string>();
            while (await Reader.ReadLineAsync(patience.Token) is { } line)
            {
                seen.Add(line);
                if (line != $"event: {name}") continue;
                return (await Reader.ReadLineAsync(patience.Token))!["data: ".Length..];
            }
            throw new EndOfStreamException($"no event {name} came: {string.Join('\n', seen)}");
        }

        public void Dispose() => Answer.Dispose();
    }
}
