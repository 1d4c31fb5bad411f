using System.Text;

namespace Actors.Transport;

/// <summary>
/// A list of those who may connect, from a file that is looked at for each of them and read again when it has changed. While the
/// file is missing or has a mistake, the list read last stays in force, and the mistake is told once.
/// </summary>
internal sealed class PeerListFile : IPeerList
{
    // The time of a change has a grain. A file that was read so soon after its change may have changed again without a trace.
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly Func<string, string[], Func<ZapRequest, ZapDecision>> _parse;
    private Func<ZapRequest, ZapDecision> _list;
    private (DateTime Changed, long Length) _read;
    private string? _fault;

    private PeerListFile(string path, Func<string, string[], Func<ZapRequest, ZapDecision>> parse)
    {
        _path = path;
        _parse = parse;
        _list = Read();
    }

    /// <param name="check">Of the section.</param>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="parse">Makes the list of the path and the lines, or throws a <see cref="FormatException"/>.</param>
    /// <exception cref="SocketSettingsException">The file cannot be read, or has a mistake.</exception>
    public static PeerListFile Open(SettingCheck check, string option, string path, Func<string, string[], Func<ZapRequest, ZapDecision>> parse)
    {
        try
        {
            return new PeerListFile(path, parse);
        }
        catch (Exception fault) when (IsOfFile(fault))
        {
            throw check.FileFault(option, $"cannot be read: {fault.Message}");
        }
    }

    public ZapDecision Decide(ZapRequest request, Action<string>? faulted)
    {
        Func<ZapRequest, ZapDecision> list;
        lock (_lock)
        {
            ReadAgain(faulted);
            list = _list;
        }
        return list(request);
    }

    private void ReadAgain(Action<string>? faulted)
    {
        try
        {
            if (_fault is null && _read == Stamp()) return;
            _list = Read();
            _fault = null;
        }
        catch (Exception fault) when (IsOfFile(fault))
        {
            if (_fault == fault.Message) return;
            _fault = fault.Message;
            faulted?.Invoke($"{fault.Message}; the list of before stays in force");
        }
    }

    private Func<ZapRequest, ZapDecision> Read()
    {
        var stamp = Stamp();
        var list = _parse(_path, File.ReadAllLines(_path, new UTF8Encoding(false, throwOnInvalidBytes: true)));
        _read = TimeProvider.System.GetUtcNow().UtcDateTime - stamp.Changed < Grain ? default : stamp;
        return list;
    }

    private (DateTime Changed, long Length) Stamp()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : throw new FileNotFoundException($"{_path} does not exist");
    }

    private static bool IsOfFile(Exception fault) => fault is IOException or UnauthorizedAccessException or FormatException or DecoderFallbackException;
}
