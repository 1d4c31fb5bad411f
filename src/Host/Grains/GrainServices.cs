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
    public static ServiceProvider For(ActorSystem system) => Add(new ServiceCollection(), system).BuildServiceProvider();

    /// <summary>Notes a mistake for each class whose constructor asks for more.</summary>
    public static void Check(Section grains, IEnumerable<(GrainClass Class, string File)> classes)
    {
        using var services = Add(new ServiceCollection(), null).BuildServiceProvider();
        var known = services.GetRequiredService<IServiceProviderIsService>();
        foreach (var (found, file) in classes)
        {
            var lacking = found.Type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).FirstOrDefault(parameter => !IsState(parameter.ParameterType) && !known.IsService(parameter.ParameterType));
            if (lacking is not null)
                grains.Fault(GrainsKeys.Assemblies.Name, $"\"{file}\" has {found.Type}, whose constructor asks for \"{lacking.Name}\", {lacking.ParameterType}, which this host does not have: expected IState<T>, IGrains, ILogger<T>, TimeProvider or ActorSystem, or an app of its own that hosts the grain (docs/hosting.md)");
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
