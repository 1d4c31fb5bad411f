using System.Globalization;

namespace Chaos.Retained;

/// <summary>What a plain subscriber printed: plain messages of two frames, in order, some of which it may miss.</summary>
internal sealed class PlainStream(int topics)
{
    private const string Message = "> ";
    private int _last;

    /// <summary>How many messages it has had, over all its processes.</summary>
    public int Received { get; private set; }

    /// <summary>The first line that is not such a message in its order; null when there is none.</summary>
    public string? Fault { get; private set; }

    public void Add(string line)
    {
        if (!line.StartsWith(Message, StringComparison.Ordinal)) return;
        Received++;
        if (line.Split(' ') is [_, "2", var topic, var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && topic == string.Create(CultureInfo.InvariantCulture, $"k{number % topics}") && number > _last)
            _last = number;
        else
            Fault ??= $"\"{line}\" behind {_last}";
    }

    /// <summary>The process is killed.</summary>
    public void Forget() => _last = 0;
}
