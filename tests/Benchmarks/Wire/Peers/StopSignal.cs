namespace Benchmarks.Wire.Peers;

/// <summary>Becomes true when a line or the end of the standard input comes.</summary>
internal sealed class StopSignal
{
    private volatile bool _stopped;

    public StopSignal()
    {
        new Thread(Watch) { IsBackground = true, Name = "stop signal" }.Start();
    }

    public bool IsSet => _stopped;

    private void Watch()
    {
        Console.In.ReadLine();
        _stopped = true;
    }
}
