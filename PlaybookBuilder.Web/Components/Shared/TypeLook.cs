using System.Collections.Concurrent;
using System.Collections.Frozen;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Web.Components.Shared;

/// <summary>How a data type is recognised at a glance: a hue of app.css by what it is about, and an icon.</summary>
internal sealed record TypeLook(string Hue, string Icon)
{
    public const string OtherHue = "other";

    private static readonly TypeLook Other = new(OtherHue, "data");

    // By what a data type is about; the words are those of its description.
    private static readonly FrozenDictionary<string, TypeLook> ByType = new Dictionary<string, TypeLook>
    {
        ["Gene"] = new("gene", "gene"),
        ["Protein"] = new("gene", "protein"),
        ["Variant"] = new("variant", "variant"),
        ["Regulatory Element"] = new("variant", "regulatory"),
        ["Drug"] = new("drug", "drug"),
        ["Metabolite"] = new("drug", "metabolite"),
        ["Glycan"] = new("drug", "glycan"),
        ["Disease"] = new("disease", "disease"),
        ["Phenotype"] = new("disease", "phenotype"),
        ["Pathway or Biological Process"] = new("pathway", "pathway"),
        ["Tissue"] = new("pathway", "tissue"),
        ["GEO Accession"] = new("file", "accession"),
        ["PMC Accession"] = new("file", "accession"),
        ["Matrix"] = new("matrix", "matrix"),
        ["Signature"] = new("signature", "signature"),
        ["Gene Signature"] = new("signature", "signature"),
        ["Plot"] = new("plot", "plot"),
        ["Library"] = new("library", "library"),
        ["File"] = new("file", "file"),
        ["Error"] = new("other", "error"),
    }.ToFrozenDictionary();

    // By how many it holds, where that says more than what it is about.
    private static readonly FrozenDictionary<string, string> IconByCardinality = new Dictionary<string, string>
    {
        ["Set"] = "set",
        ["Ranked"] = "ranked",
        ["Scored"] = "scored",
        ["Matrix"] = "matrix",
        ["Signature"] = "signature",
        ["Library"] = "library",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> HueByCardinality = new Dictionary<string, string>
    {
        ["Matrix"] = "matrix",
        ["Signature"] = "signature",
        ["Library"] = "library",
    }.ToFrozenDictionary();

    private static readonly ConcurrentDictionary<string, TypeLook> Known = new();

    public static TypeLook Of(DataType type) => Known.GetOrAdd(type.Spec, static (_, description) => Of(description), type.Description);

    private static TypeLook Of(DataDescription description)
    {
        var look = ByType.GetValueOrDefault(description.Type ?? "", Other);
        if (description.Cardinality is not { } cardinality) return look;

        return new TypeLook(HueByCardinality.GetValueOrDefault(cardinality, look.Hue), IconByCardinality.GetValueOrDefault(cardinality, look.Icon));
    }
}
