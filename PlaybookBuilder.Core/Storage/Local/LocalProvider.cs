using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Prefix;

namespace PlaybookBuilder.Core.Storage.Local;

/// <summary><c>{"cls": "ufs.impl.local.Local"}</c> under a Prefix that names its folder, or <c>file:///folder</c></summary>
internal static class LocalProvider
{
    public const string ClassName = "ufs.impl.local.Local";

    public const string Scheme = "file";

    private const string DefaultFolder = "data/ufs";

    public static IStorage Default() => new LocalStorage(Path.GetFullPath(DefaultFolder));

    /// <summary>Alone it would be the whole host, with uploads at the top of its disk: nobody means that.</summary>
    public static IStorage FromNode(StorageNode node) =>
        throw new FormatException($"'{node.ClassName}' needs a folder to stay in; write {PrefixProvider.Example}");

    /// <summary>The folder of a Prefix becomes the root itself, so that nothing above it is ever touched.</summary>
    public static IStorage FromNode(StorageNode node, string folder)
    {
        node.RequireOnly();
        return In(folder);
    }

    public static IStorage FromUrl(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host != "" || uri.Query != "" || uri.Fragment != "" || !url.StartsWith($"{Scheme}:///", StringComparison.OrdinalIgnoreCase))
            throw new FormatException("a folder of this machine is written with three slashes, file:///srv/playbooks");

        return In(uri.LocalPath);
    }

    private static LocalStorage In(string folder)
    {
        if (folder.Contains('\0'))
            throw new FormatException("the path of the folder contains a NUL character");

        var root = Path.GetFullPath(folder);
        return File.Exists(root) ? throw new FormatException($"'{root}' is a file, not a folder") : new LocalStorage(root);
    }
}
