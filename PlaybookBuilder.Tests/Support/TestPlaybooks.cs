namespace PlaybookBuilder.Tests.Support;

/// <summary>Playbook documents of the test components; a name makes one unlike all others.</summary>
internal static class TestPlaybooks
{
    public static string Gene(string name) => $$"""{"workflow": [{{GeneStep(name)}}]}""";

    public static string Unanswered => """{"workflow": [{"id": "1", "type": "Input[Gene]"}]}""";

    public static string Hold(string name) => $$"""{"workflow": [{{GeneStep(name)}}, {"id": "2", "type": "Hold", "inputs": {"term": {"id": "1"} } }]}""";

    public static string Fail(string name) => $$"""
        {"workflow": [{{GeneStep(name)}}, {"id": "2", "type": "Fail", "inputs": {"term": {"id": "1"} } }, {"id": "3", "type": "Fail", "inputs": {"term": {"id": "2"} } }]}
        """;

    /// <summary>Two genes, a drug, and their names joined.</summary>
    public static string Join(string name) => $$"""
        {
          "workflow": [
            {{GeneStep(name)}},
            {"id": "2", "type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": "TP53"} },
            {"id": "3", "type": "Input[Drug]", "data": {"type": "Term[Drug]", "value": "imatinib"} },
            {"id": "4", "type": "{{TestComponents.Join}}", "inputs": {"terms:0": {"id": "2"}, "terms:1": {"id": "1"}, "last": {"id": "3"} } }
          ],
          "metadata": {"title": "Joined", "description": "ü"}
        }
        """;

    private static string GeneStep(string name) => $$"""{"id": "1", "type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": "{{name}}"} }""";
}
