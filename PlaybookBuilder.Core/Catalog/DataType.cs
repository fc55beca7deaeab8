using System.Reflection;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>A data type of the catalogue: its description and the record that carries its values.</summary>
public sealed class DataType
{
    private DataType(Type clrType, DataDescription description)
    {
        ClrType = clrType;
        Description = description;
    }

    public Type ClrType { get; }

    public DataDescription Description { get; }

    public string Spec => Description.Spec;

    /// <exception cref="WorkflowException">The value does not fit; the message names the path in it.</exception>
    public object Decode(Datum datum) => DataCodec.Decode(ClrType, datum.Value, Description.Label);

    public Datum Encode(object value) => DataCodec.Encode(Spec, value);

    public static DataType Of(Type clrType) =>
        new(clrType, (DataDescription)typeof(DataType).GetMethod(nameof(Describe), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(clrType).Invoke(null, null)!);

    private static DataDescription Describe<T>() where T : IData => T.Description;

    public override string ToString() => Spec;
}
