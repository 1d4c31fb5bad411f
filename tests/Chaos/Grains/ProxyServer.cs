using System.Globalization;
using Actors.Grains;
using GrainSamples;

namespace Chaos.Grains;

/// <summary>Calls counters by typed proxies of this node, for whoever writes lines to the standard input.</summary>
/// <remarks>
/// <c>add ID KEY MILLISECONDS</c> is answered by <c>call ID ok RESULT</c> or <c>call ID CODE MESSAGE</c>, whenever the call has ended.
/// </remarks>
internal sealed class ProxyServer(IGrains grains)
{
    /// <summary>Printed before an answer.</summary>
    public const string Answer = "call ";

    /// <summary>The line that asks for a call.</summary>
    public static string Request(CallId id, string key, TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"add {id} {key} {time.TotalMilliseconds:0}");

    /// <summary>Reads lines until the input ends.</summary>
    public async Task Serve()
    {
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            _ = Call(words[1], words[2], TimeSpan.FromMilliseconds(int.Parse(words[3], CultureInfo.InvariantCulture)));
        }
    }

    private async Task Call(string id, string key, TimeSpan time)
    {
        var call = CallId.Read(Convert.FromHexString(id));
        string end;
        try
        {
            var result = await grains.With(new CallOptions { Id = call, Timeout = time }).Get<ICounter>(key).Add(1);
            end = string.Create(CultureInfo.InvariantCulture, $"ok {result}");
        }
        catch (GrainException failure)
        {
            end = $"{failure.Error} {failure.Message}";
        }
        catch (Exception failure)
        {
            end = $"{failure.GetType().Name} {failure.Message}";
        }
        Console.WriteLine($"{Answer}{id} {end}");
    }
}
