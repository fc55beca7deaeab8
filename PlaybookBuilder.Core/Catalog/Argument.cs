using System.Collections;
using System.Reflection;
using System.Text.Json;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>A named, typed input of a process type.</summary>
/// <param name="Name">The name in documents.</param>
/// <param name="Parameter">The name in the record of the inputs.</param>
/// <param name="DataType">What it takes.</param>
/// <param name="IsMany">Whether it takes a list.</param>
public sealed record Argument(string Name, string Parameter, DataType DataType, bool IsMany)
{
    internal static Argument Of(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var isMany = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
        var name = parameter.GetCustomAttribute<ArgumentAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        return new Argument(name, parameter.Name!, DataType.Of(isMany ? type.GetGenericArguments()[0] : type), isMany);
    }

    /// <summary>Picks this argument's value out of the decoded outputs that a process takes, in the order of its inputs.</summary>
    internal object Bind(IEnumerable<(ProcessInput Input, object Value)> inputs)
    {
        var own = inputs.Where(input => input.Input.Argument == Name).Select(input => input.Value);
        if (!IsMany) return own.Single();

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(DataType.ClrType))!;
        foreach (var value in own) list.Add(value);
        return list;
    }
}

/// <summary>The name of an argument in documents, where it is not the parameter's own in camel case.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ArgumentAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
