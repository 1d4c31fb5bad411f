using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains;

/// <summary>
/// Adds what the constructors of an assembly's grains take, where a host loads the assembly by its configuration file: the host makes each public class
/// of the assembly that implements this, by its constructor without parameters. An app that hosts grains itself adds them to its own services instead.
/// </summary>
public interface IGrainsStartup
{
    /// <summary>Called once for each start, and once for each check of the file, before anything is connected: add services here and make none.</summary>
    /// <param name="services">Has what the host brings: loggers, the clock, the actor system, <see cref="IGrains"/>.</param>
    void ConfigureServices(IServiceCollection services);
}
