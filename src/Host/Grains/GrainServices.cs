using System.Reflection;
using Actors.Grains;
using Actors.Grains.Calls;
using Actors.Hosting.Configuration;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Host.Grains;

/// <summary>The services that the constructors of grains may ask the host for.</summary>
internal static class GrainServices
{
    /// <summary>Makes them. Grains log to the host's log, as kinds.</summary>
    /// <param name="system">The host's.</param>
    /// <param name="startups">What adds the services of the assemblies.</param>
    public static ServiceProvider For(ActorSystem system, IEnumerable<IGrainsStartup> startups)
    {
        var services = Add(new ServiceCollection(), system);
        foreach (var startup in startups) startup.ConfigureServices(services);
        return services.BuildServiceProvider();
    }

    /// <summary>Notes a mistake for each class whose constructor asks for more, and for each assembly that fails to add its services.</summary>
    public static void Check(Section grains, LoadedGrains loaded)
    {
        var collection = Add(new ServiceCollection(), null);
        foreach (var (startup, file) in loaded.Startups)
        {
            try
            {
                startup.ConfigureServices(collection);
            }
            // Whatever the code of an assembly throws is a mistake of that assembly.
            catch (Exception cause)
            {
                grains.Fault(GrainsKeys.Assemblies.Name, $"\"{file}\" has {startup.GetType()}, which failed to add services: {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}");
            }
        }
        using var services = collection.BuildServiceProvider();
        var known = services.GetRequiredService<IServiceProviderIsService>();
        foreach (var (found, file) in loaded.Classes)
        {
            var lacking = found.Type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).FirstOrDefault(parameter => !IsState(parameter.ParameterType) && !known.IsService(parameter.ParameterType));
            if (lacking is not null)
                grains.Fault(GrainsKeys.Assemblies.Name, $"\"{file}\" has {found.Type}, whose constructor asks for \"{lacking.Name}\", {lacking.ParameterType}, which this host does not have: expected IState<T>, IGrains, ILogger<T>, TimeProvider, ActorSystem, or what an IGrainsStartup of the assembly adds");
        }
    }

    private static bool IsState(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IState<>);

    /// <param name="services">Where to add them.</param>
    /// <param name="system">Null where they are only looked up, and not made.</param>
    private static ServiceCollection Add(ServiceCollection services, ActorSystem? system)
    {
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new AkkaLoggerProvider(system)));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => system!);
        services.AddGrains();
        return services;
    }
}
