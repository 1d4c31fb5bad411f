namespace Actors.Zmtp.Tests.Sockets;

/// <summary>Waits with a limit and a message that says what was missing.</summary>
internal static class Waiting
{
    public static async Task Within(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Frames.Timeout);
        }
        catch (TimeoutException) when (!task.IsFaulted)
        {
            throw new TimeoutException($"Within {Frames.Timeout} there was no {what}.");
        }
    }

    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        await ((Task)task).Within(what);
        return await task;
    }
}
