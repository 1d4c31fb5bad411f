namespace Akka.Util;

public static class TypeExtensions
{
    public static bool Implements<T>(this Type type) => typeof(T).IsAssignableFrom(type);

    public static bool Implements(this Type type, Type moreGeneralType) => moreGeneralType.IsAssignableFrom(type);

    /// <summary>The name by which <see cref="Type.GetType(string)"/> finds the type in any version of its assembly: "Name, Assembly".</summary>
    public static string TypeQualifiedName(this Type type)
    {
        var assembly = type.Assembly.GetName().Name;
        return assembly == typeof(object).Assembly.GetName().Name && !type.IsGenericType
            ? type.FullName!
            : $"{type.FullName}, {assembly}";
    }
}
