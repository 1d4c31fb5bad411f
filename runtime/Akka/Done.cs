namespace Akka;

/// <summary>The result of an asynchronous operation that has no other result than that it is done.</summary>
public sealed class Done
{
    public static readonly Done Instance = new();

    private Done()
    {
    }

    public override string ToString() => "Done";
}
