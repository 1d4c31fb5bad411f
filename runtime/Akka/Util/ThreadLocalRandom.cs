namespace Akka.Util;

public static class ThreadLocalRandom
{
    /// <summary>A generator that the current thread may use without a lock.</summary>
    public static Random Current => Random.Shared;
}
