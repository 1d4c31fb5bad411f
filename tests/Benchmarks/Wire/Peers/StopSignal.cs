namespace Benchmarks.Wire.Peers;

/// <summary>Becomes true when a line or the end of the standard input comes.</summary>
internal sealed class StopSignal
{
    private readonly ManualResetEventSlim _stopped = new();

    public StopSignal()
    {
        new Thread(Watch) { IsBackground = true, Name = "stop signal" }.Start();
    }

    public bool IsSet => _stopped.IsSet;

    public void Await() => _stopped.Wait();

    private void Watch()
    {
        Console.In.ReadLine();
        _stopped.Set();
    }
}
