using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Actors.Zmtp.Io;

/// <summary>Sleeping and waking on a word of memory, as Linux offers it: futex(2).</summary>
internal static partial class Futex
{
    private const int WaitPrivate = 128;
    private const int WakePrivate = 129;

    private static readonly long s_call = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 => 98,
        _ => 0,
    };

    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && s_call != 0 && !PortableIo.IsForced;

    /// <summary>Sleeps while the word has a value; returns early at will. A negative time is without end.</summary>
    public static unsafe void Wait(ref int word, int value, int milliseconds)
    {
        // The address must hold still while the kernel looks at it.
        fixed (int* address = &word)
        {
            Timespec timeout = new() { Seconds = milliseconds / 1000, Nanoseconds = milliseconds % 1000 * 1_000_000L };
            syscall(s_call, address, WaitPrivate, value, milliseconds < 0 ? null : &timeout);
        }
    }

    public static unsafe void WakeOne(ref int word)
    {
        fixed (int* address = &word)
        {
            syscall(s_call, address, WakePrivate, 1, null);
        }
    }

    [LibraryImport("libc")]
    private static unsafe partial long syscall(long number, int* address, long operation, long value, Timespec* timeout);

    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
