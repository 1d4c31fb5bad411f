using System.Globalization;
using Xunit.Sdk;

namespace Akka.TestKit.Extensions;

/// <summary>Waits for tasks that fail the test when they take too long. Times are not dilated.</summary>
public static class TaskExtensions
{
    /// <returns>Whether the task ended in time; if it failed, its exception is thrown.</returns>
    public static async Task<bool> AwaitWithTimeout(this Task parentTask, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(parentTask, Task.Delay(timeout, over.Token));
        cancellationToken.ThrowIfCancellationRequested();
        if (!ReferenceEquals(first, parentTask))
        {
            return false;
        }

        await over.CancelAsync();
        await parentTask;
        return true;
    }

    /// <exception cref="TimeoutException">The task did not end in time.</exception>
    public static Task<T> WithTimeout<T>(this Task<T> parentTask, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        parentTask.WaitAsync(timeout, cancellationToken);

    public static async Task ShouldCompleteWithin(
        this Task task, TimeSpan timeout, string because = "", params object[] becauseArgs)
    {
        if (!await task.AwaitWithTimeout(timeout))
        {
            throw NotInTime(timeout, because, becauseArgs);
        }
    }

    public static async Task<T> ShouldCompleteWithin<T>(
        this Task<T> task, TimeSpan timeout, string because = "", params object[] becauseArgs)
    {
        await ((Task)task).ShouldCompleteWithin(timeout, because, becauseArgs);
        return await task;
    }

    public static async Task ShouldCompleteWithin<T>(
        this Task<T> task, T expected, TimeSpan timeout, string because = "", params object[] becauseArgs)
    {
        var actual = await task.ShouldCompleteWithin(timeout, because, becauseArgs);
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw FailException.ForFailure($"Expected the task to return {expected}{Because(because, becauseArgs)}, but it returned {actual}.");
        }
    }

    /// <returns>What the task has thrown.</returns>
    public static async Task<T> ShouldThrowWithin<T>(
        this Task task, TimeSpan timeout, string because = "", params object[] becauseArgs)
        where T : Exception
    {
        try
        {
            await task.ShouldCompleteWithin(timeout, because, becauseArgs);
        }
        catch (T expected) when (task.IsFaulted || task.IsCanceled)
        {
            return expected;
        }
        catch (Exception other) when (task.IsFaulted || task.IsCanceled)
        {
            throw FailException.ForFailure(
                $"Expected the task to throw {typeof(T)}{Because(because, becauseArgs)}, but it threw {other.GetType()}: {other.Message}");
        }

        throw FailException.ForFailure($"Expected the task to throw {typeof(T)}{Because(because, becauseArgs)}, but it succeeded.");
    }

    public static async Task ShouldThrowWithin<T>(
        this Task task, T expected, TimeSpan timeout, string because = "", params object[] becauseArgs)
        where T : Exception
    {
        var actual = await task.ShouldThrowWithin<T>(timeout, because, becauseArgs);
        if (!Equals(expected, actual))
        {
            throw FailException.ForFailure($"Expected the task to throw {expected}{Because(because, becauseArgs)}, but it threw {actual}.");
        }
    }

    private static FailException NotInTime(TimeSpan timeout, string because, object[] args) =>
        FailException.ForFailure($"Expected the task to complete within {timeout}{Because(because, args)}, but it did not.");

    private static string Because(string because, object[] args)
    {
        var reason = args.Length == 0 ? because : string.Format(CultureInfo.InvariantCulture, because, args);
        return reason.Length == 0 ? ""
            : reason.StartsWith("because", StringComparison.OrdinalIgnoreCase) ? " " + reason
            : " because " + reason;
    }
}
