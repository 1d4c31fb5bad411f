using System.Globalization;
using Actors.Grains;
using Chaos.Processes;

namespace Chaos.Grains;

/// <summary>Calls by typed proxies inside a node, which is asked over its standard input.</summary>
internal sealed class ProxyWay(Part node, ClientId client) : ICallWay
{
    public string Name => $"proxy in {node.Name}";

    public void Send(ulong number, string key, TimeSpan time) => _ = node.TryWrite(ProxyServer.Request(client.CallOf(number), key, time));

    /// <summary>Reads an answer's line.</summary>
    /// <param name="line">Begins with <see cref="ProxyServer.Answer"/>.</param>
    public static (CallId Call, Answer Answer) Read(string line)
    {
        var words = line[ProxyServer.Answer.Length..].Split(' ', 3);
        return (CallId.Read(Convert.FromHexString(words[0])), AnswerOf(words[1], words.Length > 2 ? words[2] : ""));
    }

    private static Answer AnswerOf(string code, string text) => code switch
    {
        "ok" => new Answer(text),
        // What a gateway tells as a refusal (docs/protocols/grains.md, section 7).
        nameof(GrainError.Overloaded) or nameof(GrainError.NoNode) or nameof(GrainError.Timeout) or nameof(GrainError.Fenced) => new Answer(null, code, text, MayTryAgain: true),
        _ => new Answer(null, code, text),
    };
}
