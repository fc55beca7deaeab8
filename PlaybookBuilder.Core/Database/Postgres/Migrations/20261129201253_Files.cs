using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlaybookBuilder.Core.Database.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Files : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "sharing",
                table: "upload",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "content_check",
                columns: table => new
                {
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    @checked = table.Column<DateTimeOffset>(name: "checked", type: "timestamp with time zone", nullable: false),
                    problem = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_content_check", x => x.sha256);
                });

            migrationBuilder.CreateTable(
                name: "resumable_upload",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    filename = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    received = table.Column<long>(type: "bigint", nullable: false),
                    created = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    upload_id = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_resumable_upload", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_content_check_checked",
                table: "content_check",
                column: "checked",
                filter: "problem IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_resumable_upload_expires",
                table: "resumable_upload",
                column: "expires");

            migrationBuilder.CreateIndex(
                name: "ix_resumable_upload_user_id",
                table: "resumable_upload",
                column: "user_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "content_check");

            migrationBuilder.DropTable(
                name: "resumable_upload");

            migrationBuilder.DropColumn(
                name: "sharing",
                table: "upload");
        }
    }
}
