using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>What a workflow can be built of: every data type and process type, found by its spec.</summary>
public sealed class ComponentCatalog
{
    private readonly FrozenDictionary<string, DataType> _dataTypes;
    private readonly FrozenDictionary<string, ProcessType> _processTypes;
    private readonly FrozenDictionary<string, IReadOnlyList<ProcessType>> _byInput;

    public ComponentCatalog(IEnumerable<DataType> dataTypes, IEnumerable<ProcessType> processTypes)
    {
        ProcessTypes = [.. processTypes.OrderBy(type => type.Spec, StringComparer.Ordinal)];
        _processTypes = ProcessTypes.ToFrozenDictionary(type => type.Spec, StringComparer.Ordinal);
        DataTypes = [.. dataTypes
            .Concat(ProcessTypes.Select(type => type.Output))
            .Concat(ProcessTypes.SelectMany(type => type.Arguments).Select(argument => argument.DataType))
            .DistinctBy(type => type.ClrType)
            .OrderBy(type => type.Spec, StringComparer.Ordinal)];
        _dataTypes = DataTypes.ToFrozenDictionary(type => type.Spec, StringComparer.Ordinal);
        _byInput = ProcessTypes
            .SelectMany(type => type.Arguments.Count == 0
                ? [("", type)]
                : type.Arguments.Select(argument => (argument.DataType.Spec, type)).Distinct())
            .GroupBy(pair => pair.Item1, pair => pair.type)
            .ToFrozenDictionary(group => group.Key, group => (IReadOnlyList<ProcessType>)[.. group], StringComparer.Ordinal);
    }

    /// <summary>Ordered by spec.</summary>
    public IReadOnlyList<DataType> DataTypes { get; }

    /// <summary>Ordered by spec.</summary>
    public IReadOnlyList<ProcessType> ProcessTypes { get; }

    public DataType? FindDataType(string spec) => _dataTypes.GetValueOrDefault(spec);

    public ProcessType? FindProcessType(string spec) => _processTypes.GetValueOrDefault(spec);

    /// <summary>The process types that take this data type; with null, those that take nothing.</summary>
    public IReadOnlyList<ProcessType> Taking(string? dataSpec) => _byInput.GetValueOrDefault(dataSpec ?? "", []);

    /// <summary>The process types that give this data type.</summary>
    public IEnumerable<ProcessType> Giving(string dataSpec) => ProcessTypes.Where(type => type.Output.Spec == dataSpec);

    /// <exception cref="WorkflowException">There is no such process type.</exception>
    public ProcessType GetProcessType(string spec) =>
        FindProcessType(spec) ?? throw WorkflowException.Invalid($"There is no component '{spec}'.");

    /// <summary>
    /// Makes the catalogue of an assembly: each process type once, each generic one for every primitive that its constraint admits.
    /// </summary>
    public static ComponentCatalog Of(Assembly assembly, IServiceProvider services)
    {
        var types = assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }).ToArray();
        var primitives = types.Where(type => type.IsAssignableTo(typeof(IPrimitive))).ToArray();
        var processTypes = types
            .Where(type => type.IsAssignableTo(typeof(ProcessType)))
            .SelectMany(type => Close(type, primitives))
            .Select(type => (ProcessType)ActivatorUtilities.CreateInstance(services, type));
        var dataTypes = types
            .Where(type => type.IsAssignableTo(typeof(IData)))
            .SelectMany(type => Close(type, primitives))
            .Select(DataType.Of);
        return new ComponentCatalog(dataTypes, processTypes);
    }

    private static IEnumerable<Type> Close(Type type, Type[] primitives)
    {
        if (!type.IsGenericTypeDefinition) return [type];

        var constraints = type.GetGenericArguments().Single().GetGenericParameterConstraints();
        return primitives
            .Where(primitive => constraints.All(constraint => primitive.IsAssignableTo(constraint)))
            .Select(primitive => type.MakeGenericType(primitive));
    }
}
