using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Benchmarks.Wire;

namespace Benchmarks.Page;

/// <summary>A host with many roles and peers, measured without anybody looking, with a reader of its events, and with its page open, in turns.</summary>
internal static class PageLoad
{
    // What the first connections and the compiler make of the first seconds is not measured.
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(3);

    private static readonly string s_folder = AppContext.BaseDirectory;

    public static async Task Run(int roles, int rate, int rounds, TimeSpan window, string? screenshot)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Configuration(roles, rate / 2));
        using var host = Start("dotnet", [Path.Combine(s_folder, "Actors.Host.dll"), file]);
        try
        {
            string? line;
            do line = await host.StandardError.ReadLineAsync();
            while (line?.StartsWith("http: ", StringComparison.Ordinal) == false);
            var address = new Uri((line ?? throw new InvalidOperationException("the host has ended"))["http: ".Length..]);
            // It says a line for each role.
            _ = host.StandardError.ReadToEndAsync();
            using var client = new HttpClient { BaseAddress = address };
            await Until(client, status => status.GetProperty("host").GetProperty("state").GetString() == "running", "the host runs");
            var status = await Status(client);
            string Endpoints(string pattern) => string.Join(',', status.GetProperty("roles").EnumerateArray().Where(role => role.GetProperty("pattern").GetString() == pattern).Select(role => role.GetProperty("endpoints")[0].GetProperty("address").GetString()));
            using var peers = new PeerProcess("page_peers.py", Start("/usr/bin/python3", [Path.Combine(s_folder, "peer", "page_peers.py"), $"{rate / 2}", Endpoints("push"), Endpoints("pull")]));
            await peers.ReadLine("connected");
            await Until(client, now => Peers(now) == roles * 5, $"{roles * 5} peers are connected");
            await Task.Delay(s_settling);

            var (closed, read, open) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 1; round <= rounds; round++)
            {
                closed.Add(await Rate(client, window));
                // What the host alone pays: somebody elsewhere looks, so that drawing takes none of these processors.
                using (var reading = new CancellationTokenSource())
                {
                    var reader = Read(client, reading.Token);
                    read.Add(await Rate(client, window));
                    await reading.CancelAsync();
                    await reader;
                }
                var look = Start("node", [Path.Combine(s_folder, "peer", "page_look.js"), $"{address}", .. screenshot is null ? Array.Empty<string>() : [screenshot]]);
                using var page = new PeerProcess("page_look.js", look);
                await page.ReadLine("open");
                await look.StandardInput.WriteLineAsync("start");
                open.Add(await Rate(client, window));
                page.Stop();
                var frames = await page.ReadLine("frames");
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: {closed[^1],9:F0} messages/s, {read[^1],9:F0} with a reader of the events, {open[^1],9:F0} with Chromium here; {frames} ms"));
                await look.WaitForExitAsync();
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of {rounds}: ratio {Middle(read) / Middle(closed):F3} with a reader, {Middle(open) / Middle(closed):F3} with Chromium here"));
        }
        finally
        {
            host.Kill();
            File.Delete(file);
        }
    }

    /// <summary>Half of the roles push what a source makes, the other half pull what peers send.</summary>
    private static string Configuration(int roles, int rate)
    {
        var interval = Math.Max(1, 1000 * (roles / 2) / rate);
        var text = new StringBuilder("host.http.bind = \"127.0.0.1:0\"\nactors.transport.engine = zmtp\nroles {\n");
        for (var role = 0; role < roles / 2; role++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  source-{role:D3} {{ pattern = push, bind = \"tcp://127.0.0.1:0\", source {{ type = ticker, text = \"{new string('x', 100)}\", interval = {interval}ms }} }}\n");
            text.Append(CultureInfo.InvariantCulture, $"  sink-{role:D3} {{ pattern = pull, bind = \"tcp://127.0.0.1:0\", handler {{ type = constant, text = done }} }}\n");
        }
        return text.Append("}\n").ToString();
    }

    private static async Task<double> Rate(HttpClient client, TimeSpan window)
    {
        var (before, clock) = (Messages(await Status(client)), Stopwatch.StartNew());
        await Task.Delay(window);
        return (Messages(await Status(client)) - before) / clock.Elapsed.TotalSeconds;
    }

    private static async Task Read(HttpClient client, CancellationToken cancel)
    {
        try
        {
            await using var events = await client.GetStreamAsync("/api/events", cancel);
            var buffer = new byte[64 * 1024];
            while (await events.ReadAsync(buffer, cancel) > 0)
            {
                // All that counts is that it is read.
            }
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private static long Messages(JsonElement status) => status.GetProperty("roles").EnumerateArray().Sum(role => role.GetProperty("received").GetInt64() + role.GetProperty("sent").GetInt64());

    private static int Peers(JsonElement status) => status.GetProperty("roles").EnumerateArray().Sum(role => role.GetProperty("peers").GetArrayLength());

    private static async Task<JsonElement> Status(HttpClient client)
    {
        using var document = JsonDocument.Parse(await client.GetStringAsync("/api/status"));
        return document.RootElement.Clone();
    }

    private static async Task Until(HttpClient client, Func<JsonElement, bool> isSo, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo(await Status(client)))
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(60)) throw new TimeoutException($"60 s were not enough until {what}");
            await Task.Delay(200);
        }
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = program == "dotnet" })!;
}
