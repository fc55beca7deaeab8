namespace PlaybookBuilder.Core.Matrices.Hdf;

/// <summary>A truth value as h5py writes and expects it: HDF5 has none, so it is an enumeration of bytes with these names.</summary>
internal enum HdfTruth : byte
{
    FALSE = 0,
    TRUE = 1,
}
