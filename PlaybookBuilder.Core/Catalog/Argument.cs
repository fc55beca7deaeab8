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
        return new Argument(NameOf(parameter), parameter.Name!, DataType.Of(isMany ? type.GetGenericArguments()[0] : type), isMany);
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

    private static string NameOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<ArgumentAttribute>()?.Name
        ?? NameGivenBy(parameter.Member.DeclaringType!, parameter.Name!)
        ?? JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);

    private static string? NameGivenBy(Type inputs, string parameter) =>
        inputs.IsAssignableTo(typeof(IArgumentNames))
            ? (string)typeof(Argument).GetMethod(nameof(NameIn), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(inputs).Invoke(null, [parameter])!
            : null;

    private static string NameIn<TInputs>(string parameter) where TInputs : IArgumentNames => TInputs.NameOf(parameter);
}

/// <summary>Inputs of a generic process type whose arguments are called differently for each primitive, as in <c>gmt</c> and <c>dmt</c>.</summary>
public interface IArgumentNames
{
    /// <summary>The name in documents of a parameter of the record.</summary>
    static abstract string NameOf(string parameter);
}

/// <summary>The name of an argument in documents, where it is not the parameter's own in camel case.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ArgumentAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
