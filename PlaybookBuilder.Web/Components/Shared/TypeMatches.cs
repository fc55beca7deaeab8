using System.Reflection;

namespace PlaybookBuilder.Web.Components.Shared;

/// <summary>Which of our types serves which type: exactly that one, or a whole generic family.</summary>
internal sealed class TypeMatches
{
    private readonly Dictionary<Type, Type> _byServed;

    private TypeMatches(IEnumerable<(Type Served, Type Server)> pairs) => _byServed = pairs.ToDictionary(pair => pair.Served, pair => pair.Server);

    /// <summary>The classes that derive from a generic class, by the type that they close it with: <c>TermView&lt;T&gt; : DataView&lt;Term&lt;T&gt;&gt;</c> serves <c>Term&lt;&gt;</c>.</summary>
    public static TypeMatches OfBase(Assembly assembly, Type genericBase) => new(
        from type in assembly.GetTypes()
        where type is { IsClass: true, IsAbstract: false }
        let served = ServedBy(type, genericBase)
        where served is { IsGenericParameter: false }
        select (Definition(served), type));

    /// <summary>The classes that name, in an attribute, what they serve.</summary>
    public static TypeMatches OfAttribute<TAttribute>(Assembly assembly, Func<TAttribute, Type> served)
        where TAttribute : Attribute => new(
        from type in assembly.GetTypes()
        from attribute in type.GetCustomAttributes<TAttribute>(inherit: false)
        select (served(attribute), type));

    /// <returns>The type that serves, closed as the served one is; null when there is none.</returns>
    public Type? Find(Type served)
    {
        if (_byServed.TryGetValue(served, out var exact)) return exact;
        if (!served.IsGenericType || !_byServed.TryGetValue(served.GetGenericTypeDefinition(), out var family)) return null;
        return family.IsGenericTypeDefinition ? family.MakeGenericType(served.GetGenericArguments()) : family;
    }

    private static Type? ServedBy(Type type, Type genericBase)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current.IsGenericType && current.GetGenericTypeDefinition() == genericBase) return current.GetGenericArguments()[0];
        }

        return null;
    }

    private static Type Definition(Type type) => type is { IsGenericType: true, ContainsGenericParameters: true } ? type.GetGenericTypeDefinition() : type;
}
