using System.Text;
using Actors.Host;
using Actors.Host.Commands;
using Actors.Host.Running;

// Messages are UTF-8 whatever the terminal's locale says; no byte order mark, which a pipe would receive.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var signals = StopSignals.Outlast();
try
{
    var code = await CommandLine.Invoke(args, ToolInvocation.OfProcess(StandardOutput.Open(), StandardOutput.OpenStream));
    GC.KeepAlive(signals);
    return code;
}
catch (Exception fault)
{
    // A stack trace says nothing to who runs the host. It is for who sets this variable.
    Console.Error.WriteLine(Environment.GetEnvironmentVariable("ACTORS_STACK_TRACE") is null ? $"the host failed: {fault.Message.ReplaceLineEndings(" ")} ({fault.GetType().Name})" : $"the host failed: {fault}");
    return ExitCode.Failed;
}
