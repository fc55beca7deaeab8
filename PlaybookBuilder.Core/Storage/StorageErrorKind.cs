namespace PlaybookBuilder.Core.Storage;

/// <summary>Why a store could not do what was asked.</summary>
public enum StorageErrorKind
{
    /// <summary>The store failed in a way that none of the other kinds names; trying again is not known to help.</summary>
    Failed,

    /// <summary>There is no such blob.</summary>
    NotFound,

    /// <summary>The text is not a path of a blob (see <see cref="StoragePath"/>), or is too long for this store.</summary>
    InvalidPath,

    /// <summary>The range begins at or past the end of the blob.</summary>
    RangeNotSatisfiable,

    /// <summary>The store refuses this caller, or the path would lead out of the store.</summary>
    AccessDenied,

    /// <summary>The name is taken by something that can't be replaced: a folder where a blob should be, or the other way round.</summary>
    Conflict,

    /// <summary>No space or quota is left.</summary>
    OutOfSpace,

    /// <summary>The store can't do this at all; its <see cref="StorageCapabilities"/> say so.</summary>
    Unsupported,

    /// <summary>The bytes are known not to be those that were stored; nobody gets them.</summary>
    Damaged,

    /// <summary>The store can't answer at the moment; the same call may succeed later.</summary>
    Unavailable,
}
