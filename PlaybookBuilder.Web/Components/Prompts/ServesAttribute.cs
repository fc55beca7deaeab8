namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>Names what a form serves: a prompt, a generic family of prompts, or all prompts with an answer of this type that have no form of their own.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ServesAttribute(Type served) : Attribute
{
    public Type Served { get; } = served;
}
