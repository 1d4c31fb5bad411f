using System.Text;
using Actors.Host;

// Messages are UTF-8 whatever the terminal's locale says; no byte order mark, which a pipe would receive.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var result = CommandLine.Create().Parse(args);
if (result.Errors.Count > 0)
{
    foreach (var error in result.Errors) Console.Error.WriteLine(error.Message);
    return 2;
}
return await result.InvokeAsync(new System.CommandLine.InvocationConfiguration { ProcessTerminationTimeout = null });
