using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Actors.Zmtp.Tests.Interop;

/// <summary>
/// A peer in a process of its own, driven line by line. Every wait has a limit and says what was missing.
/// </summary>
internal abstract class LinePeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly string _type;
    private readonly BlockingCollection<string> _answers = [];
    private readonly StringBuilder _errors = new();

    /// <param name="type">The socket type, such as "REP", which is also the last argument of the program.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">What stands before the type.</param>
    protected LinePeer(string type, string program, params string[] arguments)
    {
        _type = type;
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
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

    /// <summary>Binds to a port that the system chooses, or to the given endpoint, and returns the endpoint.</summary>
    public string Bind(string endpoint = "tcp://127.0.0.1:*") => Ask($"bind {endpoint}");

    public void Connect(string endpoint) => Do($"connect {endpoint}");

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

    /// <summary>What a program says when it is run to see whether it can: null when it ends well.</summary>
    protected static string? Probe(string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(info)!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : said;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }

    /// <summary>The path of a script beside the tests.</summary>
    protected static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Interop", name);
}
