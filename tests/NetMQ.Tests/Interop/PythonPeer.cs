using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace NetMQ.Tests.Interop;

/// <summary>
/// A peer on libzmq in a process of its own: peer.py on the pyzmq of the system, driven line by line.
/// Every wait has a limit and says what was missing.
/// </summary>
internal sealed class PythonPeer : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Lazy<string?> Missing = new(FindMissing);

    private readonly Process _process;
    private readonly string _type;
    private readonly BlockingCollection<string> _answers = [];
    private readonly StringBuilder _errors = new();

    private PythonPeer(string type)
    {
        _type = type;
        var info = new ProcessStartInfo(Python)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Interop", "peer.py"));
        info.ArgumentList.Add(type);
        _process = Process.Start(info)!;
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data != null)
                _answers.Add(e.Data);
            else
                _answers.CompleteAdding();
        };
        _process.ErrorDataReceived += (_, e) =>
        {
            lock (_errors)
                _errors.AppendLine(e.Data);
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts a peer with a socket of a type, such as "REP", and skips the test where there is no pyzmq.</summary>
    public static PythonPeer Start(string type)
    {
        Skip.If(Missing.Value != null, Missing.Value);
        return new PythonPeer(type);
    }

    /// <summary>Binds to a port that the system chooses, or to the given endpoint, and returns the endpoint.</summary>
    public string Bind(string endpoint = "tcp://127.0.0.1:*") => Ask($"bind {endpoint}");

    public void Connect(string endpoint) => Do($"connect {endpoint}");

    /// <summary>Sets an option by its name in pyzmq to bytes in hex ("-" for none).</summary>
    public void Set(string option, string bytes) => Do($"set {option} {bytes}");

    /// <summary>Sets an option by its name in pyzmq to a number.</summary>
    public void Set(string option, int number) => Do($"set-number {option} {number}");

    /// <summary>Sends a message; the frames are hex, joined by commas.</summary>
    public void Send(string frames) => Do($"send {frames}");

    /// <summary>Waits for a message and returns its frames as hex, joined by commas; "nothing" when the time is over.</summary>
    public string Receive(int milliseconds = 20_000) => Ask($"recv {milliseconds}");

    /// <summary>Does something that has no answer but that it is done.</summary>
    public void Do(string line)
    {
        Begin(line);
        Finish(line);
    }

    /// <summary>Does something and returns the answer.</summary>
    public string Ask(string line)
    {
        Begin(line);
        return Answer(line);
    }

    /// <summary>Tells the peer to do something and does not wait for it.</summary>
    public void Begin(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits until what was begun is done.</summary>
    public void Finish(string line) => Assert.Equal("ok", Answer(line));

    /// <summary>Waits for the answer to what was begun.</summary>
    public string Answer(string line)
    {
        if (_answers.TryTake(out var answer, Patience))
            return answer;
        lock (_errors)
        {
            throw new TimeoutException(
                $"The {_type} peer did not answer \"{line}\" {(_answers.IsCompleted ? "and has ended" : $"within {Patience.TotalSeconds} s")}. It said: {_errors}");
        }
    }

    /// <summary>Ends the process at once, as a crash would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Stops the process where it is, with SIGSTOP; <see cref="Kill"/> ends it nevertheless.</summary>
    public void Pause()
    {
        using var kill = Process.Start("kill", ["-STOP", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
        _answers.Dispose();
    }

    private static string? FindMissing()
    {
        if (!File.Exists(Python))
            return $"There is no {Python}.";
        var info = new ProcessStartInfo(Python) { RedirectStandardError = true, UseShellExecute = false };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add("import zmq");
        using var process = Process.Start(info)!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"{Python} has no zmq module (on Debian: apt-get install python3-zmq).";
    }
}
