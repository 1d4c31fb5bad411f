namespace Actors.Zmtp.Tests.Interop;

/// <summary>A peer on JeroMQ, which speaks ZMTP 2.0: JeromqPeer.java on the Java of the system, compiled once.</summary>
internal sealed class JeromqPeer : LinePeer
{
    private const string Jar = "/usr/share/java/jeromq.jar";
    private static readonly Lazy<string?> Missing = new(FindMissing);
    private static readonly string Folder = Path.GetDirectoryName(Script("JeromqPeer.java"))!;

    private JeromqPeer(string type)
        : base(type, "java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", $"{Jar}:{Folder}", "JeromqPeer")
    {
    }

    /// <summary>Starts a peer with a socket of a type, such as "REP", and skips the test where there is no JeroMQ.</summary>
    public static JeromqPeer Start(string type)
    {
        Skip.If(Missing.Value != null, Missing.Value);
        return new JeromqPeer(type);
    }

    private static string? FindMissing()
    {
        if (!File.Exists(Jar))
            return $"There is no {Jar} (on Debian: apt-get install libjeromq-java).";
        if (Probe("javac", "-version") is { } said)
            return $"There is no Java to compile with (on Debian: apt-get install default-jdk-headless): {said}";
        return Probe("javac", "-cp", Jar, "-d", Folder, Script("JeromqPeer.java")) is { } errors
            ? throw new InvalidOperationException($"JeromqPeer.java does not compile: {errors}")
            : null;
    }
}
