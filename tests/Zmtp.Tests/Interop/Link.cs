using System.Diagnostics;
using Actors.Shared;

namespace Actors.Zmtp.Tests.Interop;

/// <summary>Ways to bring one of our sockets and a peer together.</summary>
internal static class Link
{
    /// <summary>For ipc: a peer that is killed leaves its file.</summary>
    private static readonly Lazy<string> Folder = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("zmq-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    /// <summary>Binds one end to a port that the system chooses and connects the other.</summary>
    public static void Up(ZmqSocket ours, LinePeer theirs, bool weBind)
    {
        ours.Options.Linger = TimeSpan.Zero;
        if (weBind)
            theirs.Connect(Bind(ours));
        else
            ours.Connect(theirs.Bind());
    }

    /// <summary>The same over "tcp", "ipc" or "ws".</summary>
    public static void Up(ZmqSocket ours, LinePeer theirs, string transport, bool weBind)
    {
        ours.Options.Linger = TimeSpan.Zero;
        Up(ours.Bind, ours.Connect, () => ours.Options.LastEndpoint!, theirs, transport, weBind);
    }

    /// <inheritdoc cref="Up(ZmqSocket, LinePeer, string, bool)"/>
    public static void Up(ThreadSafeSocket ours, LinePeer theirs, string transport, bool weBind)
    {
        ours.Options.Linger = TimeSpan.Zero;
        Up(ours.Bind, ours.Connect, () => ours.Options.LastEndpoint!, theirs, transport, weBind);
    }

    /// <summary>Each transport that has peers in other processes, with either end binding.</summary>
    public static TheoryData<string, bool> Ways()
    {
        var data = new TheoryData<string, bool>();
        foreach (var transport in (string[])["tcp", "ipc", "ws"])
        {
            data.Add(transport, true);
            data.Add(transport, false);
        }

        return data;
    }

    /// <summary>An endpoint to bind that the system completes, or for ipc one that nobody has.</summary>
    public static string AnyEndpoint(string transport)
        => transport == "ipc" ? $"ipc://{Path.Combine(Folder.Value, Guid.NewGuid().ToString("N"))}" : $"{transport}://127.0.0.1:*";

    public static string Bind(ZmqSocket ours) => $"tcp://127.0.0.1:{ours.BindRandomPort("tcp://127.0.0.1")}";

    /// <summary>An endpoint on which nobody listens yet, and that no other caller is given.</summary>
    public static string FreeEndpoint() => $"tcp://127.0.0.1:{FreePort.Next()}";

    /// <summary>Repeats an attempt, which waits for something itself, until it succeeds; for what gets lost until the other end is there.</summary>
    public static void Repeat(Func<bool> attempt, string what) => Repeat(attempt, () => what);

    /// <summary>Repeats an attempt until it succeeds; says at the end of its time what was missing then.</summary>
    public static void Repeat(Func<bool> attempt, Func<string> what)
    {
        var began = Stopwatch.GetTimestamp();
        while (!attempt())
        {
            if (Stopwatch.GetElapsedTime(began) > Expect.Patience)
                throw new TimeoutException($"Within {Expect.Patience.TotalSeconds} s there was no {what()}.");
        }
    }

    private static void Up(Action<string> bind, Action<string> connect, Func<string> bound, LinePeer theirs, string transport, bool weBind)
    {
        if (weBind)
        {
            bind(AnyEndpoint(transport));
            theirs.Connect(bound());
        }
        else
        {
            connect(theirs.Bind(AnyEndpoint(transport)));
        }
    }
}
